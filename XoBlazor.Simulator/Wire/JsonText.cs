using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// Values as JSON, byte for byte as xapi writes it: no blanks, UTF-8 kept, only quote, backslash, control characters and U+007F escaped,
/// floats with a point.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\', 0x7f]);

    public static byte[] Of(XapiValue value)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A record: every public field, in the datamodel's order.</summary>
    public static byte[] OfRecord(RowState state)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("{"u8);
        var first = true;
        foreach (var field in state.Schema.Fields)
        {
            if (field.Fact.IsInternal)
                continue;
            output.Write(first ? "\""u8 : ",\""u8);
            output.Write(field.Utf8Name);
            output.Write("\":"u8);
            Write(output, state.Values[field.Index]);
            first = false;
        }

        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    public static void Write(IBufferWriter<byte> output, XapiValue value)
    {
        switch (value)
        {
            case TextValue text:
                WriteText(output, text.Text);
                break;
            case DateValue date:
                WriteText(output, date.Text);
                break;
            case IntValue number:
                Utf8Formatter.TryFormat(number.Number, output.GetSpan(20), out var length);
                output.Advance(length);
                break;
            case FloatValue number:
                output.Write(Encoding.ASCII.GetBytes(Float(number.Number)));
                break;
            case BoolValue flag:
                output.Write(flag.Flag ? "true"u8 : "false"u8);
                break;
            case SetValue set:
                WriteSet(output, set);
                break;
            case MapValue map:
                WriteMap(output, map);
                break;
            case StreamedValue { Count: 0 }:
                output.Write("{}"u8);
                break;
            case StreamedValue streamed:
                for (var piece = 0; piece < streamed.Count; piece++)
                    streamed.WriteJson(output, piece);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    public static void WriteText(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var rest = buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
        while (rest.IndexOfAny(s_escaped) is >= 0 and var index)
        {
            output.Write(rest[..index]);
            WriteEscaped(output, rest[index]);
            rest = rest[(index + 1)..];
        }

        output.Write(rest);
        ArrayPool<byte>.Shared.Return(buffer);
        output.Write("\""u8);
    }

    /// <summary>Integral numbers carry <c>.0</c>; what is no number is written bare, as xapi does, though that is no JSON.</summary>
    private static string Float(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        var text = number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return text.AsSpan().IndexOfAny('.', 'e') >= 0 ? text : $"{text}.0";
    }

    private static void WriteEscaped(IBufferWriter<byte> output, byte c)
    {
        switch (c)
        {
            case (byte)'"':
                output.Write("\\\""u8);
                break;
            case (byte)'\\':
                output.Write("\\\\"u8);
                break;
            case (byte)'\n':
                output.Write("\\n"u8);
                break;
            case (byte)'\r':
                output.Write("\\r"u8);
                break;
            case (byte)'\t':
                output.Write("\\t"u8);
                break;
            case (byte)'\b':
                output.Write("\\b"u8);
                break;
            case (byte)'\f':
                output.Write("\\f"u8);
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes($"\\u{c:x4}"));
                break;
        }
    }

    private static void WriteSet(IBufferWriter<byte> output, SetValue set)
    {
        output.Write("["u8);
        for (var i = 0; i < set.Items.Length; i++)
        {
            if (i > 0)
                output.Write(","u8);
            Write(output, set.Items[i]);
        }

        output.Write("]"u8);
    }

    private static void WriteMap(IBufferWriter<byte> output, MapValue map)
    {
        output.Write("{"u8);
        for (var i = 0; i < map.Entries.Length; i++)
        {
            if (i > 0)
                output.Write(","u8);
            WriteText(output, map.Entries[i].Key);
            output.Write(":"u8);
            Write(output, map.Entries[i].Value);
        }

        output.Write("}"u8);
    }
}
