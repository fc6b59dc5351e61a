using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace XoBlazor.Core.Plugins;

/// <summary>
/// The versions of the contract that a plugin knows: <c>1.0</c> for that and all later ones of the same major version, <c>1.0 - 2.3</c> for all from the first to the
/// last. A minor version only adds; a major one may take away.
/// </summary>
public sealed partial record PluginContract
{
    private PluginContract(string text, Version from, Version to) => (Text, From, To) = (text, from, to);

    /// <summary>What this server speaks (docs/plugins.md).</summary>
    public static Version Current { get; } = new(1, 0);

    /// <summary>As the manifest has it.</summary>
    public string Text { get; }

    public Version From { get; }

    public Version To { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out PluginContract? range)
    {
        range = null;
        if (Form().Match(text) is not { Success: true } match)
            return false;
        var from = Read(match, 1);
        var to = match.Groups[3].Success ? Read(match, 3) : new Version(from.Major, int.MaxValue);
        range = from <= to ? new(text, from, to) : null;
        return range is not null;
    }

    public bool Includes(Version version) => version >= From && version <= To;

    private static Version Read(Match match, int group) =>
        new(int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[group + 1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(\d{1,4})\.(\d{1,4})(?: - (\d{1,4})\.(\d{1,4}))?\z")]
    private static partial Regex Form();
}
