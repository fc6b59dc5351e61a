using System.Diagnostics.CodeAnalysis;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>What tells a device from others in the name of a host's figure.</summary>
internal enum XoStatsKey
{
    /// <summary>There is one of it.</summary>
    None,
    Digits,
    Letter,
    Word,
}

/// <summary>A host's figure, or one of each device, and where it stands in Xen Orchestra's shape.</summary>
/// <param name="Before">Its name up to the device.</param>
/// <param name="After">Its name behind the device.</param>
/// <param name="Path">With a point between the parts.</param>
internal sealed record XoStatsRule(string Before, string After, string Path)
{
    public XoStatsKey Key { get; init; }

    /// <summary>From the host's unit to Xen Orchestra's.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Whether a figure is meant, and of which device: empty where there is one of it.</summary>
    public bool Fits(string name, [NotNullWhen(true)] out string? device)
    {
        device = null;
        if (name.Length < Before.Length + After.Length || !name.StartsWith(Before, StringComparison.Ordinal) || !name.EndsWith(After, StringComparison.Ordinal))
            return false;
        var rest = name[Before.Length..^After.Length];
        var fits = Key switch
        {
            XoStatsKey.None => rest.Length == 0,
            XoStatsKey.Digits => rest.Length > 0 && rest.All(char.IsAsciiDigit),
            XoStatsKey.Letter => rest.Length == 1,
            XoStatsKey.Word => rest.Length > 0 && rest.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'),
        };
        if (fits)
            device = rest;
        return fits;
    }
}
