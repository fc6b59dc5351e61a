using System.Diagnostics;
using XoBlazor.Core.Plugins.Packages;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>How a plugin's process is started: none of the server's environment but where programs are, and a working directory of its own.</summary>
internal static class PluginCommand
{
    public static ProcessStartInfo Of(PluginPackage package, PluginFolders folders, PluginOptions options)
    {
        string[] words =
        [
            .. options.Launcher.Select(word => word.Replace("{code}", folders.Code, StringComparison.Ordinal).Replace("{work}", folders.Work, StringComparison.Ordinal)),
            .. package.Manifest.Command.Select(word => package.Has(word) ? Path.Combine(folders.Code, word) : word),
        ];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folders.Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the server was started with may hold passwords.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folders.Work;
        start.Environment["TMPDIR"] = folders.Work;
        return start;
    }
}
