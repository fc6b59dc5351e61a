using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

/// <summary>XML-RPC: reading a call and writing the answer.</summary>
internal static class XmlRpc
{
    /// <summary>No call is deeper than a record of maps; deeper is an attack on the stack.</summary>
    private const int DeepestNesting = 64;

    public static RpcRequest Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false };
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), settings);
            var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
            if (root.Name.LocalName != "methodCall" || root.Element("methodName") is not { } name)
                throw new MalformedRequestException("Xmlrpc.Parse_error(\"methodCall\", \"open_tag\", _)");
            if (root.Element("params") is not { } parameters)
                throw new MalformedRequestException("Xmlrpc.Parse_error(\"close_tag\", \"open_tag\", _)");
            return new(name.Value.Trim(), [.. parameters.Elements("param").Select(p => ToValue(p.Element("value")!, 0))]);
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException or NullReferenceException or InvalidOperationException)
        {
            throw new MalformedRequestException(body.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]
                ? $"Xmlm.Error(1:{body.Length + 1}, \"unexpected end of input\")" : "Xmlm.Error(1:1, \"expected root element\")");
        }
    }

    public static byte[] Write(RpcAnswer answer)
    {
        var output = new StringBuilder("<?xml version=\"1.0\"?><methodResponse><params><param>");
        if (answer.Failure is { } failure)
            XmlText.WriteValue(output, XapiValue.MapOf(
                ("Status", "Failure"), ("ErrorDescription", XapiValue.SetOf([failure.Code, .. failure.Parameters]))));
        else if (answer.IsBare)
            XmlText.WriteValue(output, answer.Result!);
        else
            XmlText.WriteValue(output, XapiValue.MapOf(("Status", "Success"), ("Value", answer.Result!)));
        return Encoding.UTF8.GetBytes(output.Append("</param></params></methodResponse>").ToString());
    }

    /// <summary>A single <c>value</c> element.</summary>
    public static XapiValue ReadValue(XElement value) => ToValue(value, 0);

    private static XapiValue ToValue(XElement value, int depth) => depth > DeepestNesting
        ? throw new MalformedRequestException("Stack_overflow")
        : value.Elements().FirstOrDefault() is not { } typed ? value.Value
        : typed.Name.LocalName switch
        {
            "int" or "i4" or "i8" => long.Parse(typed.Value, CultureInfo.InvariantCulture),
            "boolean" => typed.Value.Trim() == "1",
            "double" => double.Parse(typed.Value, CultureInfo.InvariantCulture),
            "dateTime.iso8601" => new DateValue(typed.Value.Trim()),
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(typed.Value)),
            "array" => new SetValue([.. typed.Element("data")!.Elements("value").Select(v => ToValue(v, depth + 1))]),
            "struct" => new MapValue(typed.Elements("member")
                .Select(m => KeyValuePair.Create(m.Element("name")!.Value, ToValue(m.Element("value")!, depth + 1))).ToImmutableArray()),
            "nil" => NullValue.Instance,
            _ => typed.Value,
        };
}
