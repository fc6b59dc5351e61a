using Microsoft.Extensions.Hosting.Systemd;

namespace XoBlazor.App.Hosting;

/// <summary>Logs go to the console in one line each; systemd gets its own format with priorities.</summary>
internal static class Logs
{
    // Both log a failed start with a stack trace before they throw what we then put into words.
    private static readonly string[] s_loudAtStart = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var starting = new StartingUp();
        builder.Services.AddSingleton(starting);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        foreach (var category in s_loudAtStart)
            builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && starting.IsOver);

        if (SystemdHelpers.IsSystemdService())
            builder.Logging.AddSystemdConsole();
        else
            builder.Logging.AddSimpleConsole(format =>
            {
                format.SingleLine = true;
                format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffzzz ";
            });
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
