using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli;

/// <summary>What a developer needs of an error nobody foresaw: in a file, so that the console keeps to one line.</summary>
internal static class CrashReport
{
    /// <summary>Writes the report and returns where it is.</summary>
    public static string Write(Exception problem)
    {
        var path = Path.Combine(Path.GetTempPath(), $"xo-blazor-crash-{Environment.ProcessId}.txt");
        File.WriteAllText(path, $"xo-blazor {ProductVersion.Text}\n{problem}\n");
        return path;
    }
}
