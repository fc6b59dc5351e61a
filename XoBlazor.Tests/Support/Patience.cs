namespace XoBlazor.Tests.Support;

/// <summary>How long any test waits for a signal before it calls the thing broken. Generous: nothing here is a measurement.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>A token that ends with the test or when patience does.</summary>
    public static CancellationTokenSource Source(TimeSpan? limit = null)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(limit ?? Limit);
        return source;
    }
}
