using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Plugins;

/// <summary>Where plugins live and what one of them may use (<c>Plugins:*</c>).</summary>
public sealed class PluginOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Plugins";

    /// <summary>Where they are unpacked and have their working directories; empty for <c>plugins</c> in the data directory.</summary>
    public string Folder { get; set; } = "";

    /// <summary>
    /// Words put before each plugin's command, such as those of a sandbox; <c>{code}</c> and <c>{work}</c> stand for the plugin's two folders. Without one a plugin is a
    /// process of the server's own user.
    /// </summary>
    public IList<string> Launcher { get; } = [];

    /// <summary>
    /// Plugins may be loaded into the server itself, where nothing bounds them. Unless it is said, they may where there is no <see cref="Launcher"/>: whoever has put a sandbox
    /// before plugins does not want one beside it.
    /// </summary>
    public bool? AllowInProcess { get; set; }

    /// <summary>For an answer of a plugin.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Plugins:CallPatience has to lie between 0.1 seconds and 10 minutes.")]
    public TimeSpan CallPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For what plugins say before an operation; who wants it waits so long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ErrorMessage = "Plugins:BeforePatience has to lie between 0.1 and 30 seconds.")]
    public TimeSpan BeforePatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For an operation that a plugin adds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00", ErrorMessage = "Plugins:OperationPatience has to lie between 0.1 seconds and 7 days.")]
    public TimeSpan OperationPatience { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For scheduled work of a plugin.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ErrorMessage = "Plugins:SchedulePatience has to lie between 0.1 seconds and 1 day.")]
    public TimeSpan SchedulePatience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For a plugin to end by itself when it is unloaded.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "Plugins:UnloadPatience has to lie between 0.1 seconds and 10 minutes.")]
    public TimeSpan UnloadPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a message from a plugin.</summary>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Plugins:MostMessageBytes has to lie between 1024 and 67108864.")]
    public int MostMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>Messages a second from a plugin, lasting; beyond, it is read more slowly.</summary>
    [Range(1, 100_000, ErrorMessage = "Plugins:MostMessagesPerSecond has to lie between 1 and 100000.")]
    public int MostMessagesPerSecond { get; set; } = 200;

    /// <summary>Operations a minute that a plugin may ask for, refused ones included.</summary>
    [Range(1, 100_000, ErrorMessage = "Plugins:MostOperationsPerMinute has to lie between 1 and 100000.")]
    public int MostOperationsPerMinute { get; set; } = 60;

    /// <summary>Requests a minute that a plugin may send to other servers (<c>http.fetch</c>).</summary>
    [Range(1, 100_000, ErrorMessage = "Plugins:MostRequestsPerMinute has to lie between 1 and 100000.")]
    public int MostRequestsPerMinute { get; set; } = 600;

    /// <summary>Bytes of memory of a plugin's process and all that it started; beyond, they are ended.</summary>
    [Range(1L << 20, 1L << 40, ErrorMessage = "Plugins:MostMemory has to lie between 1 MiB and 1 TiB.")]
    public long MostMemory { get; set; } = 512L * 1024 * 1024;

    /// <summary>Failures in a row after which a plugin stays unloaded.</summary>
    [Range(1, 1000, ErrorMessage = "Plugins:MostFailures has to lie between 1 and 1000.")]
    public int MostFailures { get; set; } = 5;

    /// <summary>Before the first restart after a failure; twice as long before each one after, up to a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Plugins:RestartPause has to lie between 1 millisecond and 10 minutes.")]
    public TimeSpan RestartPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A plugin that ran so long has no failures behind it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Plugins:Calm has to lie between 1 second and 1 day.")]
    public TimeSpan Calm { get; set; } = TimeSpan.FromMinutes(5);
}
