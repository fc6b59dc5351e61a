namespace XoBlazor.Tests.Support;

/// <summary>
/// The folder of recorded facts that lies beside a checkout (<c>../shared</c>, or where <c>XOBLAZOR_SHARED</c> points).
/// It is not part of the project: where it is absent the tests that read it skip and say so; under <c>CI=true</c> they fail.
/// </summary>
internal static class SharedData
{
    private const string FolderVariable = "XOBLAZOR_SHARED";

    private static readonly string? s_root = Find();

    /// <summary>The full path of a file or folder in the shared folder; skips the calling test when it is not there.</summary>
    public static string Path(params string[] parts)
    {
        var wanted = System.IO.Path.Combine(parts);
        if (s_root is null)
            Needs.Missing($"The shared folder is absent: put it beside the checkout or name it in {FolderVariable}.");

        var full = System.IO.Path.Combine(s_root, wanted);
        if (!File.Exists(full) && !Directory.Exists(full))
            Needs.Missing($"'{wanted}' is absent from the shared folder {s_root}.");
        return full;
    }

    /// <summary>The bytes of a file in the shared folder.</summary>
    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(Path(parts));

    /// <summary>The text of a file in the shared folder.</summary>
    public static string Text(params string[] parts) => File.ReadAllText(Path(parts));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            return Directory.Exists(named) ? System.IO.Path.GetFullPath(named) : null;

        var beside = Directory.GetParent(Checkout.Root) is { } parent ? System.IO.Path.Combine(parent.FullName, "shared") : null;
        return Directory.Exists(beside) ? beside : null;
    }
}
