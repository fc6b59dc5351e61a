using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// Reads the filter language: terms side by side must all hold; <c>|(a b)</c> one of them; <c>!a</c> not; <c>name:a</c> the property's value;
/// <c>name?</c> there is one; <c>&gt;=4GiB</c>; <c>"quoted \" text"</c>; <c>/regex/i</c>; <c>glo*b</c>; words and numbers.
/// </summary>
internal sealed class FilterParser
{
    private const int LongestText = 4096;
    private const int LongestPattern = 256;
    private const int DeepestNesting = 64;

    private readonly string _text;
    private int _at;
    private int _depth;
    private int _properties;

    private FilterParser(string text) => _text = text;

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private bool IsAtEnd => _at >= _text.Length;

    public static FilterNode Parse(string text)
    {
        if (text.Length > LongestText)
            throw new FilterSyntaxException(LongestText, 1, $"A filter has at most {LongestText} characters.");
        var parser = new FilterParser(text);
        var all = new FilterNode.All(parser.Terms(), 0, text.Length);
        return parser.IsAtEnd ? all : throw parser.Error("There is no '(' for this ')'.");
    }

    private ImmutableArray<FilterNode> Terms()
    {
        var terms = ImmutableArray.CreateBuilder<FilterNode>();
        SkipBlanks();
        while (!IsAtEnd && Next != ')')
        {
            terms.Add(Term());
            SkipBlanks();
        }

        return terms.ToImmutable();
    }

    private FilterNode Term()
    {
        if (++_depth > DeepestNesting)
            throw Error($"A filter nests at most {DeepestNesting} levels.");
        var start = _at;
        var term = Next switch
        {
            '!' => Not(),
            '|' => Either(),
            '(' => new FilterNode.All(List(), start, _at - start),
            '<' or '>' => Comparison(),
            '/' => Pattern(),
            _ => NameOrValue(),
        };
        _depth--;
        return term;
    }

    private FilterNode.Not Not()
    {
        var start = _at++;
        SkipBlanks();
        if (IsAtEnd || Next == ')')
            throw Error("After '!' a condition is expected.");
        var term = Term();
        return new(term, start, _at - start);
    }

    private FilterNode.Any Either()
    {
        var start = _at++;
        SkipBlanks();
        if (Next != '(')
            throw Error("After '|' a list in parentheses is expected: |(a b).");
        return new(List(), start, _at - start);
    }

    private ImmutableArray<FilterNode> List()
    {
        var open = _at++;
        var terms = Terms();
        if (Next != ')')
            throw new FilterSyntaxException(open, 1, "This '(' is never closed.");
        _at++;
        return terms;
    }

    private FilterNode.Value Comparison()
    {
        var start = _at;
        var isGreater = _text[_at++] == '>';
        var isEqual = Next == '=';
        if (isEqual)
            _at++;
        SkipBlanks();
        var numberAt = _at;
        var text = Word();
        if (!Quantity.TryParse(text, out var limit))
            throw new FilterSyntaxException(numberAt, text.Length, "After a comparison a number is expected: >=4 or <2GiB.");
        if (_properties == 0)
            throw new FilterSyntaxException(start, _at - start, "A comparison needs a property before it, such as memory:>4GiB.");
        var comparison = (isGreater, isEqual) switch
        {
            (true, true) => FilterComparison.GreaterOrEqual,
            (true, false) => FilterComparison.Greater,
            (false, true) => FilterComparison.LessOrEqual,
            (false, false) => FilterComparison.Less,
        };
        return new(new ValueTest.Compared(comparison, limit), start, _at - start);
    }

    private FilterNode.Value Pattern()
    {
        var start = _at++;
        var pattern = new StringBuilder();
        while (Next != '/')
        {
            if (IsAtEnd)
                throw new FilterSyntaxException(start, 1, "This regular expression has no closing '/'. A text that begins with '/' needs quotes.");
            if (Next == '\\' && _at + 1 < _text.Length)
            {
                // An escaped slash is a slash; every other escape belongs to the expression.
                if (_text[_at + 1] != '/')
                    pattern.Append('\\');
                _at++;
            }

            pattern.Append(_text[_at++]);
        }

        _at++;
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        if (Next == 'i')
        {
            options |= RegexOptions.IgnoreCase;
            _at++;
        }

        ExpectEndOfTerm("After a regular expression only 'i' (any case) may stand.");
        if (pattern.Length > LongestPattern)
            throw new FilterSyntaxException(start, _at - start, $"A regular expression has at most {LongestPattern} characters.");
        try
        {
            return new(new ValueTest.Pattern(new(pattern.ToString(), options)), start, _at - start);
        }
        catch (RegexParseException e)
        {
            throw new FilterSyntaxException(Math.Min(start + 1 + e.Offset, _text.Length), 1, $"The regular expression is not complete: {Reason(e.Message)}");
        }
        catch (NotSupportedException)
        {
            throw new FilterSyntaxException(start, _at - start, "This regular expression is too large or looks around or back, which is not supported because it can take for ever.");
        }
    }

    private FilterNode NameOrValue()
    {
        var start = _at;
        var isQuoted = Next == '"';
        var word = isQuoted ? Quoted() : Word();
        if (word.Length == 0 && !isQuoted)
            throw Error($"'{Next}' is not expected here; a text with special characters needs quotes.");
        var wordEnd = _at;
        switch (Next)
        {
            case ':':
                _at++;
                SkipBlanks();
                if (IsAtEnd || Next == ')')
                    throw Error($"After '{word}:' a value is expected. If the text holds a colon, put it in quotes.");
                _properties++;
                var term = Term();
                _properties--;
                return new FilterNode.Property(word, term, start, wordEnd - start);
            case '?':
                _at++;
                ExpectEndOfTerm("After '?' the condition ends; a text with a question mark needs quotes.");
                return new FilterNode.Present(word, start, wordEnd - start);
            default:
                return new FilterNode.Value(Test(word, isQuoted), start, _at - start);
        }
    }

    private static ValueTest Test(string word, bool isQuoted) =>
        isQuoted ? new ValueTest.Contains(word)
        : word.Contains('*', StringComparison.Ordinal) ? new ValueTest.Glob(word)
        : Quantity.TryParsePlain(word, out var number) ? new ValueTest.NumberOrText(number, word)
        : new ValueTest.Contains(word);

    private string Quoted()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (Next != '"')
        {
            if (IsAtEnd)
                throw new FilterSyntaxException(start, 1, "This quote is never closed.");
            if (Next == '\\' && _at + 1 < _text.Length)
                _at++;
            text.Append(_text[_at++]);
        }

        _at++;
        return text.ToString();
    }

    private string Word()
    {
        var start = _at;
        while (!IsAtEnd && !char.IsWhiteSpace(Next) && Next is not ('(' or ')' or ':' or '?' or '"' or '!' or '|'))
            _at++;
        return _text[start.._at];
    }

    private void ExpectEndOfTerm(string message)
    {
        if (!IsAtEnd && !char.IsWhiteSpace(Next) && Next != ')')
            throw Error(message);
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && char.IsWhiteSpace(Next))
            _at++;
    }

    private FilterSyntaxException Error(string message) => new(_at, 1, message);

    /// <summary>The framework's sentence without the pattern that it repeats.</summary>
    private static string Reason(string message) => message[(message.LastIndexOf(". ", StringComparison.Ordinal) is var dot and >= 0 ? dot + 2 : 0)..];
}
