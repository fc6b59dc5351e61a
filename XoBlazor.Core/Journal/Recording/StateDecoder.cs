using System.Buffers;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>Turns stored fields back into records. Belongs to one thread.</summary>
internal sealed class StateDecoder
{
    private readonly DecodeContext _context = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(16 << 10);
    private readonly Dictionary<string, byte[]> _names = new(StringComparer.Ordinal);

    /// <summary>The record, sharing what equals <paramref name="like"/>; null if its class is not known to this version.</summary>
    public XapiObject? Decode(StoredState state, XapiObject? like)
    {
        if (XapiCodec.Find(state.Object.Class) is not { } codec)
            return null;
        var reference = "";
        _buffer.ResetWrittenCount();
        _buffer.Write("{"u8);
        foreach (var field in state.Fields)
        {
            if (field.Name == FieldNames.Reference)
            {
                reference = Text(field.Json.Span, like?.Ref);
                continue;
            }

            if (_buffer.WrittenCount > 1)
                _buffer.Write(","u8);
            _buffer.Write(NameOf(field.Name));
            _buffer.Write(field.Json.Span);
        }

        _buffer.Write("}"u8);
        try
        {
            return codec.Read(_buffer.WrittenSpan, reference, like, _context);
        }
        catch (JsonException e)
        {
            throw new JournalDamagedException($"The journal's state of {state.Object.Class} {state.Object.Uuid} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Lets go of the texts kept for sharing when they are too many; to be called now and then by whoever keeps the decoder.</summary>
    public void Trim() => _context.Trim();

    private byte[] NameOf(string name)
    {
        if (!_names.TryGetValue(name, out var json))
            _names[name] = json = Encoding.UTF8.GetBytes($"\"{name}\":");
        return json;
    }

    private static string Text(ReadOnlySpan<byte> json, string? old)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return old is not null && reader.ValueTextEquals(old) ? old : reader.GetString() ?? "";
    }
}
