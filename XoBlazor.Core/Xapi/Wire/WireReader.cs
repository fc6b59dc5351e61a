using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>What a JSON value is, as far as its first byte tells.</summary>
internal enum WireKind
{
    Text,
    Number,
    Truth,
    Null,
    Object,
    Array,
}

/// <summary>
/// Reads XAPI's JSON from one block that holds a whole value. Made for decoding into known types: it looks at nothing twice, builds
/// nothing, and takes what XAPI really sends, bare <c>NaN</c> and <c>Infinity</c> included. Invalid UTF-8 becomes the replacement character.
/// Anything that is not JSON is a <see cref="JsonException"/>.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _json[_at..];

    public readonly int Position => _at;

    public WireKind Peek()
    {
        SkipBlanks();
        return Current() switch
        {
            (byte)'"' => WireKind.Text,
            (byte)'{' => WireKind.Object,
            (byte)'[' => WireKind.Array,
            (byte)'t' or (byte)'f' => WireKind.Truth,
            (byte)'n' => WireKind.Null,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'N' or (byte)'I' => WireKind.Number,
            var other => throw Unexpected(other),
        };
    }

    public void OpenObject() => Take((byte)'{');

    public void OpenArray() => Take((byte)'[');

    /// <summary>Moves to the next member of an object; false when the closing bracket was taken.</summary>
    public bool NextMember() => Next((byte)'}');

    /// <summary>The raw name of the member just moved to.</summary>
    public ReadOnlySpan<byte> Name(out bool escaped)
    {
        var name = RawText(out escaped);
        Take((byte)':');
        return name;
    }

    /// <summary>Takes these bytes if they come next.</summary>
    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!_json[_at..].StartsWith(expected))
            return false;
        _at += expected.Length;
        return true;
    }

    public void Advance(int length) => _at += length;

    /// <summary>The bytes from an earlier position to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int position) => _json[position.._at];

    /// <summary>Moves to the next item of an array; false when the closing bracket was taken.</summary>
    public bool NextItem() => Next((byte)']');

    /// <summary>The bytes between the quotes, escapes as they stand.</summary>
    public ReadOnlySpan<byte> RawText(out bool escaped)
    {
        SkipBlanks();
        if (Current() != '"')
            throw Unexpected(Current());
        var rest = _json[(_at + 1)..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end >= 0 && rest[end] == '"')
        {
            escaped = false;
            _at += end + 2;
            return rest[..end];
        }

        var length = JsonScan.TextLength(_json[_at..]);
        if (length == 0)
            throw new JsonException("a text has no end");
        escaped = true;
        _at += length;
        return rest[..(length - 2)];
    }

    public string Text()
    {
        var raw = RawText(out var escaped);
        return escaped ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>The characters of a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public ReadOnlySpan<byte> Scalar()
    {
        SkipBlanks();
        var start = _at;
        while (_at < _json.Length && _json[_at] is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z')
                   or (byte)'-' or (byte)'+' or (byte)'.')
            _at++;
        return _at > start ? _json[start.._at] : throw Unexpected(Current());
    }

    /// <summary>Passes over one value and hands out its bytes.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        SkipBlanks();
        Current();
        var length = JsonScan.ValueLength(_json[_at..], ended: true);
        if (length == 0)
            throw new JsonException("a value has no end");
        var value = _json.Slice(_at, length);
        _at += length;
        return value;
    }

    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        var buffer = new byte[raw.Length];
        var used = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                buffer[used++] = raw[i];
                continue;
            }

            switch (raw[++i])
            {
                case (byte)'n': buffer[used++] = (byte)'\n'; break;
                case (byte)'t': buffer[used++] = (byte)'\t'; break;
                case (byte)'r': buffer[used++] = (byte)'\r'; break;
                case (byte)'b': buffer[used++] = (byte)'\b'; break;
                case (byte)'f': buffer[used++] = (byte)'\f'; break;
                case (byte)'"' or (byte)'\\' or (byte)'/': buffer[used++] = raw[i]; break;
                case (byte)'u':
                    used += Unit(raw, ref i).EncodeToUtf8(buffer.AsSpan(used));
                    break;
                default: throw new JsonException("a text holds an unknown escape");
            }
        }

        return Encoding.UTF8.GetString(buffer, 0, used);
    }

    /// <summary>A <c>\uXXXX</c>, with its second half where it is one of a pair; half pairs become the replacement character.</summary>
    private static Rune Unit(ReadOnlySpan<byte> raw, ref int i)
    {
        var first = (char)Hex(raw, i + 1);
        i += 4;
        if (!char.IsSurrogate(first))
            return new(first);
        if (char.IsHighSurrogate(first) && i + 6 < raw.Length && raw[i + 1] == '\\' && raw[i + 2] == 'u'
            && (char)Hex(raw, i + 3) is var second && Rune.TryCreate(first, second, out var rune))
        {
            i += 6;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static int Hex(ReadOnlySpan<byte> raw, int at) =>
        at + 4 <= raw.Length && Utf8Parser.TryParse(raw.Slice(at, 4), out int value, out var used, 'x') && used == 4
            ? value : throw new JsonException("a text holds a broken escape");

    private bool Next(byte close)
    {
        SkipBlanks();
        var next = Current();
        if (next == ',')
        {
            _at++;
            return true;
        }

        if (next != close)
            return true;
        _at++;
        return false;
    }

    private void Take(byte expected)
    {
        SkipBlanks();
        if (Current() != expected)
            throw Unexpected(Current());
        _at++;
    }

    /// <summary>XAPI writes hardly any: looking for one costs no call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipBlanks()
    {
        if (_at < _json.Length && _json[_at] <= ' ')
            SkipThem();
    }

    private void SkipThem()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Current() => _at < _json.Length ? _json[_at] : throw Ended();

    private static JsonException Ended() => new("the value ended early");

    private static JsonException Unexpected(byte found) =>
        new(string.Create(CultureInfo.InvariantCulture, $"the host sent '{(char)found}' where a value or its end was expected"));
}
