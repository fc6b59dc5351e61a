using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli;

/// <summary>
/// What a developer needs of an error nobody foresaw: in a file, so that the console keeps to one line. It lies in a new folder that only its owner
/// can open, as nobody knows what an unforeseen error tells, and whoever else may write to the temporary folder must not choose where it goes.
/// </summary>
internal static class CrashReport
{
    /// <summary>Writes the report and returns where it is.</summary>
    public static string Write(Exception problem)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("xo-blazor-crash-").FullName, "report.txt");
        File.WriteAllText(path, $"xo-blazor {ProductVersion.Text}\n{problem}\n");
        return path;
    }
}
