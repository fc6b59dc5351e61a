using Microsoft.Extensions.Hosting.Systemd;

namespace XoBlazor.App.Hosting;

/// <summary>Logs go to the console in one line each; systemd gets its own format with priorities.</summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
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
