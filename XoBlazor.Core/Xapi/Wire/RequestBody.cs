using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Spells a call in each protocol. The whole body is made at once: XAPI wants its length and reads no chunks.</summary>
internal static class RequestBody
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Json(string method, string? session, IReadOnlyList<XapiValue> arguments, bool isVersion2)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, s_json);
        writer.WriteStartObject();
        if (isVersion2)
            writer.WriteString("jsonrpc", "2.0");
        writer.WriteString("method", method);
        writer.WriteStartArray("params");
        if (session is not null)
            writer.WriteStringValue(session);
        foreach (var argument in arguments)
            Write(writer, argument);
        writer.WriteEndArray();
        writer.WriteNumber("id", 1);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Xml(string method, string? session, IReadOnlyList<XapiValue> arguments)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new() { Encoding = new UTF8Encoding(false) }))
        {
            writer.WriteStartElement("methodCall");
            writer.WriteElementString("methodName", method);
            writer.WriteStartElement("params");
            if (session is not null)
                WriteParameter(writer, session);
            foreach (var argument in arguments)
                WriteParameter(writer, argument);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, XapiValue value)
    {
        switch (value)
        {
            case XapiValue.Text text: writer.WriteStringValue(text.Value); break;
            case XapiValue.Integer integer: writer.WriteNumberValue(integer.Value); break;
            case XapiValue.Float number: writer.WriteRawValue(FloatText(number.Value)); break;
            case XapiValue.Truth truth: writer.WriteBooleanValue(truth.Value); break;
            case XapiValue.Time time: writer.WriteStringValue(time.Wire); break;
            case XapiValue.Items items:
                writer.WriteStartArray();
                foreach (var item in items.Values)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case XapiValue.Entries entries:
                writer.WriteStartObject();
                foreach (var (key, item) in entries.Values)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteParameter(XmlWriter writer, XapiValue value)
    {
        writer.WriteStartElement("param");
        Write(writer, value);
        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, XapiValue value)
    {
        writer.WriteStartElement("value");
        switch (value)
        {
            case XapiValue.Text text: writer.WriteElementString("string", text.Value); break;
            // XML-RPC's own integer has 32 bits; XAPI's have 64 and travel as texts.
            case XapiValue.Integer integer: writer.WriteElementString("string", integer.Value.ToString(CultureInfo.InvariantCulture)); break;
            case XapiValue.Float number: writer.WriteElementString("double", FloatText(number.Value)); break;
            case XapiValue.Truth truth: writer.WriteElementString("boolean", truth.Value ? "1" : "0"); break;
            case XapiValue.Time time: writer.WriteElementString("dateTime.iso8601", time.Wire); break;
            case XapiValue.Items items:
                writer.WriteStartElement("array");
                writer.WriteStartElement("data");
                foreach (var item in items.Values)
                    Write(writer, item);
                writer.WriteEndElement();
                writer.WriteEndElement();
                break;
            case XapiValue.Entries entries:
                writer.WriteStartElement("struct");
                foreach (var (key, item) in entries.Values)
                {
                    writer.WriteStartElement("member");
                    writer.WriteElementString("name", key);
                    Write(writer, item);
                    writer.WriteEndElement();
                }

                writer.WriteEndElement();
                break;
        }

        writer.WriteEndElement();
    }

    private static string FloatText(double value)
    {
        var text = double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : throw new ArgumentOutOfRangeException(nameof(value), value, "XAPI takes finite numbers only.");
        return text.AsSpan().IndexOfAny(".E") < 0 ? text + ".0" : text;
    }
}
