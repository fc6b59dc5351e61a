namespace XoBlazor.App.Cli;

/// <summary>
/// Settings among the arguments: <c>--Section:Name=value</c>, and the three names the framework's own test host and tools give.
/// Everything else is an option or a verb, and a wrong one is an error.
/// </summary>
internal static class SettingArguments
{
    private static readonly HashSet<string> s_hostNames = new(StringComparer.Ordinal) { "environment", "contentRoot", "applicationName" };

    public static (string[] Others, IReadOnlyDictionary<string, string?> Overrides) Split(IEnumerable<string> arguments)
    {
        var rest = new List<string>();
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=');
            var name = argument.StartsWith("--", StringComparison.Ordinal) && equals > 2 ? argument[2..equals] : null;
            if (name is not null && (char.IsAsciiLetterUpper(name[0]) || s_hostNames.Contains(name)))
                overrides[name] = argument[(equals + 1)..];
            else
                rest.Add(argument);
        }
        return ([.. rest], overrides);
    }
}
