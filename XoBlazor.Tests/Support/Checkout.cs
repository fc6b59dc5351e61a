namespace XoBlazor.Tests.Support;

/// <summary>The source tree the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Its folder. Throws when the tests were copied away from it.</summary>
    public static string Root { get; } = Find();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "XoBlazor.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} lies in no checkout of XoBlazor.");
    }
}
