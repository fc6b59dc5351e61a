using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>
/// An XML-RPC answer read as the JSON it would have been, made piece by piece while the XML arrives, so that everything after this
/// knows one form only. Structs become objects, numbers stay texts as XML-RPC has them. DTDs are refused; nesting and the size of
/// any single piece of XML are bounded. Broken XML is an <see cref="XmlException"/>.
/// </summary>
internal sealed class XmlAnswer : ForwardStream
{
    private const int MaxDepth = 512;
    private const int PieceBytes = 16 * 1024;

    private readonly MeteredStream _source;
    private readonly XmlReader _xml;
    private readonly ArrayBufferWriter<byte> _made = new(2 * PieceBytes);
    private readonly Utf8JsonWriter _json;
    private readonly StringBuilder _text = new();
    private int _taken;
    private bool _ended;

    /// <summary>The value we are in has been written, so blanks before its end tag mean nothing.</summary>
    private bool _isWritten;

    public XmlAnswer(Stream source, int maxPieceBytes) : this(new MeteredStream(source, maxPieceBytes)) { }

    private XmlAnswer(MeteredStream source) : base(source)
    {
        _source = source;
        _json = new(_made, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _xml = XmlReader.Create(_source, new()
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
        });
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_taken == _made.WrittenCount)
            await MakeAsync(cancellationToken);
        var length = Math.Min(buffer.Length, _made.WrittenCount - _taken);
        _made.WrittenSpan.Slice(_taken, length).CopyTo(buffer.Span);
        _taken += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _json.Dispose();
            _xml.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask MakeAsync(CancellationToken cancellation)
    {
        _made.ResetWrittenCount();
        _taken = 0;
        _source.Cancellation = cancellation;
        while (!_ended && _json.BytesPending < PieceBytes)
        {
            _source.NextPiece();
            if (await _xml.ReadAsync())
                await TranscribeAsync();
            else
                _ended = true;
        }

        _json.Flush();
    }

    private async ValueTask TranscribeAsync()
    {
        switch (_xml.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = _xml.IsEmptyElement;
                Begin(_xml.LocalName);
                if (isEmpty)
                    End(_xml.LocalName);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                _text.Append(await _xml.GetValueAsync());
                break;
            case XmlNodeType.EndElement:
                End(_xml.LocalName);
                break;
        }
    }

    private void Begin(string element)
    {
        if (_xml.Depth == 0 && element != "methodResponse")
            throw new XmlException("a methodResponse was expected");
        if (_xml.Depth > MaxDepth)
            throw new XmlException($"the host sent XML nested deeper than {MaxDepth} levels");
        switch (element)
        {
            case "value":
                _isWritten = false;
                break;
            case "struct":
                _json.WriteStartObject();
                break;
            case "array":
                _json.WriteStartArray();
                break;
            case "fault":
                _json.WriteStartObject();
                _json.WritePropertyName("fault");
                break;
        }

        _text.Clear();
    }

    private void End(string element)
    {
        switch (element)
        {
            case "name":
                _json.WritePropertyName(_text.ToString());
                break;
            case "struct" or "fault":
                _json.WriteEndObject();
                _isWritten = true;
                break;
            case "array":
                _json.WriteEndArray();
                _isWritten = true;
                break;
            case "nil":
                _json.WriteNullValue();
                _isWritten = true;
                break;
            case "boolean":
                _json.WriteBooleanValue(_text.ToString().Trim() is "1" or "true");
                _isWritten = true;
                break;
            case "string" or "int" or "i4" or "i8" or "double" or "dateTime.iso8601" or "base64":
            case "value" when !_isWritten:
                _json.WriteStringValue(_text.ToString());
                _isWritten = true;
                break;
        }

        _text.Clear();
    }
}
