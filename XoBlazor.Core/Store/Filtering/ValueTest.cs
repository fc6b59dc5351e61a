using System.Buffers;
using System.Text.RegularExpressions;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>What a single value of a property is asked. Stateless, safe from any thread.</summary>
internal abstract class ValueTest
{
    public abstract bool Text(ReadOnlySpan<char> value);

    /// <summary>
    /// Holds of a text exactly where one of these occurs in it; null where there is more to it. With it many texts that lie end to end are
    /// searched in one go, so it says nothing of an empty word or one with a zero character, which may stand between texts.
    /// </summary>
    public virtual SearchValues<string>? Occurring => null;

    public virtual bool Number(double value) => false;

    public virtual bool Truth(bool value) => Text(value ? "true" : "false");

    /// <summary>The test to use where a property's values are whole words, such as <c>type</c>.</summary>
    public virtual ValueTest Exact => this;

    /// <summary>The test to use where part of a text is not enough.</summary>
    public virtual ValueTest Whole => this;

    private static bool CanLieBetween(string text) => text.Length == 0 || text.Contains('\0', StringComparison.Ordinal);

    /// <summary>The text occurs, in any case.</summary>
    internal sealed class Contains(string text) : ValueTest
    {
        private readonly SearchValues<string> _text = SearchValues.Create([text], StringComparison.OrdinalIgnoreCase);

        public override SearchValues<string>? Occurring => CanLieBetween(text) ? null : _text;

        public override bool Text(ReadOnlySpan<char> value) => value.ContainsAny(_text);

        public override bool Truth(bool value) => text.Equals(value ? "true" : "false", StringComparison.OrdinalIgnoreCase);

        public override ValueTest Exact => new Equal(text);

        public override ValueTest Whole => new Equal(text);
    }

    internal sealed class Equal(string text) : ValueTest
    {
        public override bool Text(ReadOnlySpan<char> value) => value.Equals(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A bare number: equal to a number, or part of a text.</summary>
    internal sealed class NumberOrText(double number, string text) : ValueTest
    {
        private readonly SearchValues<string> _text = SearchValues.Create([text], StringComparison.OrdinalIgnoreCase);

        public override SearchValues<string>? Occurring => CanLieBetween(text) ? null : _text;

        public override bool Text(ReadOnlySpan<char> value) => value.ContainsAny(_text);

        public override bool Number(double value) => value.Equals(number);

        public override bool Truth(bool value) => false;

        public override ValueTest Whole => new Equal(text);
    }

    /// <summary>The whole text, with <c>*</c> for anything, in any case. Takes time in proportion to the text.</summary>
    internal sealed class Glob(string pattern) : ValueTest
    {
        private readonly string[] _parts = pattern.Split('*');

        public override bool Text(ReadOnlySpan<char> value)
        {
            var (first, last) = (_parts[0], _parts[^1]);
            if (value.Length < first.Length + last.Length || !value.StartsWith(first, StringComparison.OrdinalIgnoreCase)
                || !value.EndsWith(last, StringComparison.OrdinalIgnoreCase))
                return false;
            var middle = value[first.Length..^last.Length];
            foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
            {
                var at = middle.IndexOf(part, StringComparison.OrdinalIgnoreCase);
                if (at < 0)
                    return false;
                middle = middle[(at + part.Length)..];
            }

            return true;
        }
    }

    /// <summary>
    /// A regular expression that cannot backtrack: its time grows with the text alone. A limit by the clock would drop matches on a busy machine; hostile
    /// texts are cut instead.
    /// </summary>
    internal sealed class Pattern(Regex regex) : ValueTest
    {
        private const int LongestText = 100_000;

        public override bool Text(ReadOnlySpan<char> value) => regex.IsMatch(value[..Math.Min(value.Length, LongestText)]);
    }

    internal sealed class Compared(FilterComparison comparison, double limit) : ValueTest
    {
        public override bool Text(ReadOnlySpan<char> value) => false;

        public override bool Truth(bool value) => false;

        public override bool Number(double value) => comparison switch
        {
            FilterComparison.Less => value < limit,
            FilterComparison.LessOrEqual => value <= limit,
            FilterComparison.Greater => value > limit,
            FilterComparison.GreaterOrEqual => value >= limit,
        };
    }

    /// <summary>There is something: a text that is not empty, a number that is not zero, true.</summary>
    internal sealed class Something : ValueTest
    {
        public static readonly Something Test = new();

        public override bool Text(ReadOnlySpan<char> value) => value.Length > 0;

        public override bool Number(double value) => value != 0;

        public override bool Truth(bool value) => value;
    }
}

internal enum FilterComparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
