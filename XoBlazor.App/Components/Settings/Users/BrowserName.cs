namespace XoBlazor.App.Components.Settings.Users;

/// <summary>What a browser that calls itself by a long line is called by people. The line is the browser's own claim.</summary>
public static class BrowserName
{
    // In this order: browsers name those they are built like.
    private static readonly (string Sign, string Name)[] s_browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Sign, string Name)[] s_systems =
        [("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent))
            return "Unknown";
        var browser = s_browsers.FirstOrDefault(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
        var system = s_systems.FirstOrDefault(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, _) => agent,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }
}
