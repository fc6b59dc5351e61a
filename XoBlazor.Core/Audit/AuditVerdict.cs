using System.Collections.Immutable;

namespace XoBlazor.Core.Audit;

/// <summary>What going through the whole chain found.</summary>
/// <param name="Records">How many records are there.</param>
/// <param name="First">Number of the oldest; 0 when there is none.</param>
/// <param name="Fingerprint">Number and hash of the newest sealed record. Kept elsewhere, it proves later that everything up to there is still the same.</param>
/// <param name="Problems">What does not fit, in words; empty when nothing was changed, removed or inserted. At most <see cref="MostProblems"/>.</param>
public sealed record AuditVerdict(long Records, long First, AuditFingerprint Fingerprint, ImmutableArray<string> Problems)
{
    public const int MostProblems = 100;

    public bool IsSound => Problems.IsEmpty;
}

/// <summary>A place in the chain, written <c>NUMBER-HASH</c>.</summary>
public readonly record struct AuditFingerprint(long Number, string Hash)
{
    public override string ToString() => FormattableString.Invariant($"{Number}-{Hash}");

    /// <summary>Fails with a <see cref="FormatException"/> that says what is wrong.</summary>
    public static AuditFingerprint Parse(string text)
    {
        var parts = text.Trim().Split('-');
        if (parts is [var number, { Length: 64 } hash] && long.TryParse(number, out var value) && value >= 0 && hash.All(char.IsAsciiHexDigit))
            return new(value, hash.ToLowerInvariant());
        throw new FormatException($"'{text}' is no fingerprint. It looks like 42-0123…ef: a number, a dash and 64 hexadecimal digits, as 'xo-blazor audit verify' prints it.");
    }
}
