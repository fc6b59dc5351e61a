using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// The product as people get it: one file, copied alone into an empty folder and started there. It is the one that
/// <c>XOBLAZOR_BINARY</c> names, or what <c>./publish.sh</c> last made in this checkout.
/// </summary>
internal static class PublishedFile
{
    private const string Variable = "XOBLAZOR_BINARY";

    /// <summary>Starts it with a fresh data folder, on a free port of its own choice.</summary>
    public static ServerProcess Launch(TempFolder folder, params string[] arguments)
    {
        var copy = CopyTo(folder);
        return ServerProcess.LaunchFile(copy, folder.Path, ["--data-dir", Path.Combine(folder.Path, "data"), "--urls", "http://127.0.0.1:0", .. arguments]);
    }

    public static string CopyTo(TempFolder folder)
    {
        var copy = folder.File("xo-blazor");
        File.Copy(Find(), copy);
        return copy;
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? Path.GetFullPath(named) : throw new FileNotFoundException($"{Variable} names a file that is not there.", named);

        var made = Checkout.File("artifacts", "publish", "xo-blazor");
        if (!File.Exists(made))
            Needs.Missing($"Nothing is published: run ./publish.sh, or name the file in {Variable}.");
        return made;
    }
}
