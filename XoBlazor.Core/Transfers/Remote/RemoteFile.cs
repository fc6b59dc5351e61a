namespace XoBlazor.Core.Transfers.Remote;

/// <summary>A file on its way from another server. Disposing ends that.</summary>
/// <param name="length">In bytes; null when the server does not tell.</param>
public sealed class RemoteFile(Stream content, long? length, params IReadOnlyList<IDisposable> behind) : IAsyncDisposable
{
    public Stream Content => content;

    public long? Length => length;

    public async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        foreach (var one in behind)
            one.Dispose();
    }
}
