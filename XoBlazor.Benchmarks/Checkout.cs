namespace XoBlazor.Benchmarks;

/// <summary>The working copy that the benchmarks were built in.</summary>
internal static class Checkout
{
    /// <summary>A file or folder of the working copy; null when the benchmarks were copied elsewhere.</summary>
    public static string? Find(params ReadOnlySpan<string> path)
    {
        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "XoBlazor.sln")))
            checkout = checkout.Parent;
        return checkout is null ? null : Path.Combine([checkout.FullName, .. path]);
    }
}
