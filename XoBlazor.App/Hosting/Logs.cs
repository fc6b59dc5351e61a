using Microsoft.Extensions.Hosting.Systemd;

namespace XoBlazor.App.Hosting;

/// <summary>Logs go to the console in one line each; systemd gets its own format with priorities.</summary>
internal static class Logs
{
    // Both log a failed start with a stack trace before they throw what we then put into words.
    private static readonly string[] s_loudAtStart = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    // Tells at Debug what a browser sent, and so every password that is typed into a page.
    private const string TellsInput = "Microsoft.AspNetCore.SignalR";

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var starting = new StartingUp();
        builder.Services.AddSingleton(starting);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        foreach (var category in s_loudAtStart)
            builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && starting.IsOver);
        builder.Services.PostConfigure<LoggerFilterOptions>(KeepInputOut);

        if (SystemdHelpers.IsSystemdService())
            builder.Logging.AddSystemdConsole();
        else
            builder.Logging.AddSimpleConsole(format =>
            {
                format.SingleLine = true;
                format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffzzz ";
            });
    }

    /// <summary>Whatever levels are set, for whatever logger and place.</summary>
    private static void KeepInputOut(LoggerFilterOptions options)
    {
        for (var at = 0; at < options.Rules.Count; at++)
        {
            var rule = options.Rules[at];
            options.Rules[at] = new(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                (level >= LogLevel.Information || category?.StartsWith(TellsInput, StringComparison.Ordinal) != true) && (rule.Filter?.Invoke(provider, category, level) ?? true));
        }
    }
}

/// <summary>Whether the server is still starting: until then a failure is told by the command line alone.</summary>
internal sealed class StartingUp
{
    private volatile bool _isOver;

    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
