using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// Reads RFC 4515 filters, bounded in length and depth. Stricter than some servers: no white space between parts is invented, an
/// attribute is letters, digits, '-', '.' and options. A filter without the outer brackets is taken too, because people write it.
/// </summary>
internal sealed class LdapFilterParser
{
    private static readonly SearchValues<char> s_attribute =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.;");

    private readonly string _text;
    private int _at;
    private int _depth;

    private LdapFilterParser(string text) => _text = text;

    public static LdapFilter Parse(string text)
    {
        text = text.Trim();
        if (text.Length > LdapLimits.FilterLength)
            throw new FormatException($"The filter is longer than {LdapLimits.FilterLength} characters.");
        if (!text.StartsWith('('))
            text = $"({text})";

        var parser = new LdapFilterParser(text);
        var filter = parser.ReadFilter();
        parser.SkipBlanks();
        if (parser._at != text.Length)
            throw parser.Wrong("the filter ends here; remove what follows, or put (&…) around the whole");
        return filter;
    }

    private LdapFilter ReadFilter()
    {
        if (++_depth > LdapLimits.FilterDepth)
            throw Wrong($"brackets are nested deeper than {LdapLimits.FilterDepth}");

        SkipBlanks();
        Take('(', "'(' is missing");
        LdapFilter filter;
        switch (Peek())
        {
            case '&':
                filter = new LdapFilter.And(ReadParts());
                break;
            case '|':
                filter = new LdapFilter.Or(ReadParts());
                break;
            case '!':
                _at++;
                filter = new LdapFilter.Not(ReadFilter());
                SkipBlanks();
                break;
            default:
                filter = ReadItem();
                break;
        }

        Take(')', "')' is missing");
        _depth--;
        return filter;
    }

    private ImmutableArray<LdapFilter> ReadParts()
    {
        _at++;
        var parts = ImmutableArray.CreateBuilder<LdapFilter>();
        SkipBlanks();
        while (Peek() == '(')
        {
            parts.Add(ReadFilter());
            SkipBlanks();
        }

        // RFC 4526 gives "(&)" and "(|)" a meaning that not every server knows; in a setting they are a slip.
        if (parts.Count == 0)
            throw Wrong("'&' and '|' need at least one condition in brackets");
        return parts.ToImmutable();
    }

    private LdapFilter ReadItem()
    {
        var attribute = ReadAttribute();
        switch (Peek())
        {
            case '>':
                TakeBoth('>', '=');
                return new LdapFilter.GreaterOrEqual(Needed(attribute), ReadValue());
            case '<':
                TakeBoth('<', '=');
                return new LdapFilter.LessOrEqual(Needed(attribute), ReadValue());
            case '~':
                TakeBoth('~', '=');
                return new LdapFilter.Approximate(Needed(attribute), ReadValue());
            case ':':
                return ReadExtensible(attribute);
            default:
                Take('=', "'=' is missing after the attribute");
                return ReadPattern(Needed(attribute));
        }
    }

    private LdapFilter.Extensible ReadExtensible(string attribute)
    {
        var withDn = false;
        string? rule = null;
        Take(':', "':' is missing");
        while (Peek() != '=')
        {
            var word = ReadAttribute();
            if (word.Length == 0)
                throw Wrong("a matching rule is missing between the colons");
            if (!withDn && rule is null && word.Equals("dn", StringComparison.OrdinalIgnoreCase))
                withDn = true;
            else if (rule is null)
                rule = word;
            else
                throw Wrong("only one matching rule can be named");
            Take(':', "':=' is missing after the matching rule");
        }

        if (attribute.Length == 0 && rule is null)
            throw Wrong("an attribute or a matching rule is missing");
        _at++;
        return new LdapFilter.Extensible(rule, attribute.Length == 0 ? null : attribute, ReadValue(), withDn);
    }

    private LdapFilter ReadPattern(string attribute)
    {
        var pieces = new List<ReadOnlyMemory<byte>> { ReadValue() };
        while (Peek() == '*')
        {
            _at++;
            pieces.Add(ReadValue());
        }

        if (pieces.Count == 1)
            return new LdapFilter.Equality(attribute, pieces[0]);
        if (pieces.Count == 2 && pieces.All(piece => piece.IsEmpty))
            return new LdapFilter.Present(attribute);

        ImmutableArray<ReadOnlyMemory<byte>> middle = [.. pieces.Skip(1).SkipLast(1)];
        if (middle.Any(piece => piece.IsEmpty))
            throw Wrong("two stars in a row");
        return new LdapFilter.Substrings(attribute, pieces[0], middle, pieces[^1]);
    }

    private ReadOnlyMemory<byte> ReadValue()
    {
        var bytes = new ArrayBufferWriter<byte>();
        Span<byte> utf8 = stackalloc byte[4];
        while (_at < _text.Length && _text[_at] is not (')' or '(' or '*'))
        {
            if (_text[_at] == '\\')
            {
                if (_at + 2 >= _text.Length || !byte.TryParse(_text.AsSpan(_at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
                    throw Wrong("'\\' must be followed by two hexadecimal digits");
                bytes.Write([octet]);
                _at += 3;
                continue;
            }

            if (!Rune.TryGetRuneAt(_text, _at, out var rune))
                throw Wrong("this is not a character");
            bytes.Write(utf8[..rune.EncodeToUtf8(utf8)]);
            _at += rune.Utf16SequenceLength;
        }

        return bytes.WrittenMemory;
    }

    private string ReadAttribute()
    {
        var rest = _text.AsSpan(_at);
        var length = rest.IndexOfAnyExcept(s_attribute);
        var word = rest[..(length < 0 ? rest.Length : length)].ToString();
        _at += word.Length;
        return word;
    }

    private string Needed(string attribute) => attribute.Length > 0 ? attribute : throw Wrong("an attribute is missing");

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t')
            _at++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void TakeBoth(char first, char second)
    {
        Take(first, "a comparison is missing");
        Take(second, $"'{second}' is missing after '{first}'");
    }

    private void Take(char letter, string otherwise)
    {
        if (Peek() != letter)
            throw Wrong(otherwise);
        _at++;
    }

    private FormatException Wrong(string why) =>
        new($"The filter '{LdapWords.Printable(_text)}' is wrong at character {_at + 1}: {why}.");
}
