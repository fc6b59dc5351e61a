using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

internal readonly struct TextWire : IWireKey<string>
{
    public static string Read(ref WireReader reader, string old, DecodeContext context) => context.Text(ref reader, old);
    public static string ReadKey(ref WireReader reader, string? old, DecodeContext context) => context.Key(ref reader, old);
    public static void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
    public static string KeyText(string key) => key;
    public static bool Same(string a, string b) => a == b;
    public static void Visit(string value, int field, IReferenceVisitor visitor) { }
}

/// <summary>A 64-bit integer: a number in JSON, a text in XML-RPC and on old hosts.</summary>
internal readonly struct IntWire : IWireKey<long>
{
    public static long Read(ref WireReader reader, long old, DecodeContext context) => reader.Peek() switch
    {
        WireKind.Number => Number(reader.Scalar()),
        WireKind.Text => Parse(reader.RawText(out _)),
        WireKind.Null => Nothing.Read(ref reader, 0L),
        var kind => throw new JsonException($"an integer was expected where the host sent {kind}"),
    };

    public static long ReadKey(ref WireReader reader, long old, DecodeContext context) => Parse(reader.Name(out _));
    public static void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);
    public static string KeyText(long key) => key.ToString(CultureInfo.InvariantCulture);
    public static bool Same(long a, long b) => a == b;
    public static void Visit(long value, int field, IReferenceVisitor visitor) { }

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length ? value
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < long.MaxValue ? (long)number
        : throw new JsonException("a number is out of an integer's range");

    private static long Parse(ReadOnlySpan<byte> text) => text.IsEmpty ? 0
        : Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length ? value
        : throw new JsonException("a text is no integer");
}

/// <summary>A floating number; XAPI prints integral ones as <c>1.0</c> and newer hosts send special values as texts.</summary>
internal readonly struct FloatWire : IWire<double>
{
    public static double Read(ref WireReader reader, double old, DecodeContext context) => reader.Peek() switch
    {
        WireKind.Number => Parse(reader.Scalar()),
        WireKind.Text => Parse(reader.RawText(out _)),
        WireKind.Null => Nothing.Read(ref reader, 0.0),
        var kind => throw new JsonException($"a number was expected where the host sent {kind}"),
    };

    public static void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    public static bool Same(double a, double b) => a.Equals(b);
    public static void Visit(double value, int field, IReferenceVisitor visitor) { }

    private static double Parse(ReadOnlySpan<byte> text) => text.IsEmpty ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : text.SequenceEqual("nan"u8) ? double.NaN
        : throw new JsonException("a text is no number");
}

internal readonly struct BoolWire : IWire<bool>
{
    public static bool Read(ref WireReader reader, bool old, DecodeContext context)
    {
        if (reader.TryTake("true"u8))
            return true;
        if (reader.TryTake("false"u8))
            return false;
        return reader.Peek() switch
        {
            WireKind.Truth or WireKind.Number => reader.Scalar() is var word && (word.SequenceEqual("true"u8) || word.SequenceEqual("1"u8)),
            WireKind.Text => reader.RawText(out _) is var text && (text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8)),
            WireKind.Null => Nothing.Read(ref reader, false),
            var kind => throw new JsonException($"true or false was expected where the host sent {kind}"),
        };
    }

    public static void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
    public static bool Same(bool a, bool b) => a == b;
    public static void Visit(bool value, int field, IReferenceVisitor visitor) { }
}

/// <summary>A moment, <c>20261122T12:56:45Z</c>: whole seconds, zone Z, an offset, or none (then taken as UTC). 1970-01-01 means never.</summary>
internal readonly struct TimeWire : IWire<DateTimeOffset>
{
    private const int LongestForm = 40;

    private static readonly string[] s_forms =
        ["yyyyMMdd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyyMMdd'T'HH:mm:ss'Z'", "yyyyMMdd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static DateTimeOffset Read(ref WireReader reader, DateTimeOffset old, DecodeContext context)
    {
        var kind = reader.Peek();
        if (kind == WireKind.Null)
            return Nothing.Read(ref reader, DateTimeOffset.UnixEpoch);
        if (kind != WireKind.Text)
            throw new JsonException($"a date was expected where the host sent {kind}");
        var raw = reader.RawText(out _);
        if (TryFast(raw, out var fast))
            return fast;
        return raw.IsEmpty ? DateTimeOffset.UnixEpoch
            : raw.Length <= LongestForm && DateTimeOffset.TryParseExact(Encoding.UTF8.GetString(raw), s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value
            : throw new JsonException("a text is no date of XAPI's form");
    }

    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static bool Same(DateTimeOffset a, DateTimeOffset b) => a == b;
    public static void Visit(DateTimeOffset value, int field, IReferenceVisitor visitor) { }

    /// <summary>The one form that real hosts send, read without a string.</summary>
    private static bool TryFast(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length != 18 || text[8] != 'T' || text[11] != ':' || text[14] != ':' || text[17] != 'Z'
            || !Number(text[..4], out var year) || !Number(text[4..6], out var month) || !Number(text[6..8], out var day)
            || !Number(text[9..11], out var hour) || !Number(text[12..14], out var minute) || !Number(text[15..17], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        value = new(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value) =>
        Utf8Parser.TryParse(digits, out value, out var used) && used == digits.Length && value >= 0;
}

internal readonly struct EnumWire<T> : IWireKey<T> where T : struct, Enum
{
    public static T Read(ref WireReader reader, T old, DecodeContext context) => reader.Peek() switch
    {
        WireKind.Text => EnumText<T>.Parse(reader.RawText(out _)),
        WireKind.Null => Nothing.Read(ref reader, default(T)),
        var kind => throw new JsonException($"a word was expected where the host sent {kind}"),
    };

    public static T ReadKey(ref WireReader reader, T old, DecodeContext context) => EnumText<T>.Parse(reader.Name(out _));
    public static void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(EnumText<T>.Wire(value));
    public static string KeyText(T key) => EnumText<T>.Wire(key);
    public static bool Same(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);
    public static void Visit(T value, int field, IReferenceVisitor visitor) { }
}

internal readonly struct RefWire<T> : IWireKey<XenRef<T>> where T : XapiObject
{
    public static XenRef<T> Read(ref WireReader reader, XenRef<T> old, DecodeContext context) =>
        reader.TryTake("\"OpaqueRef:NULL\""u8) ? default : Of(context.Text(ref reader, old.Value));

    public static XenRef<T> ReadKey(ref WireReader reader, XenRef<T> old, DecodeContext context) => Of(context.Key(ref reader, old.Value));
    public static void Write(Utf8JsonWriter writer, XenRef<T> value) => writer.WriteStringValue(value.Value ?? XenRefText.Null);
    public static string KeyText(XenRef<T> key) => key.Value ?? XenRefText.Null;
    public static bool Same(XenRef<T> a, XenRef<T> b) => a.Value == b.Value;

    public static void Visit(XenRef<T> value, int field, IReferenceVisitor visitor)
    {
        if (value.Value is not null)
            visitor.Visit(field, value.Value);
    }

    private static XenRef<T> Of(string text) => XenRefText.NamesObject(text) ? new(text) : default;
}

/// <summary>Null, which XAPI does not send but a proxy or a test may.</summary>
internal static class Nothing
{
    public static T Read<T>(ref WireReader reader, T value)
    {
        reader.Scalar();
        return value;
    }
}
