using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>The zip of an update on its way from its server. Disposing ends that.</summary>
public sealed class CatalogueDownload : IAsyncDisposable
{
    private readonly RemoteFile _file;

    internal CatalogueDownload(RemoteFile file, string host) => (_file, Host) = (file, host);

    /// <summary>
    /// The zip from its first byte on, forward only, never buffered. It is as slow as its server is: whoever reads it decides how long silence may last (as <see cref="Pump"/> does). When the line is
    /// cut it fails with <see cref="IOException"/> or <see cref="HttpRequestException"/>; a server that tells no length may end it early without a failure.
    /// </summary>
    public Stream Content => _file.Content;

    /// <summary>In bytes; null when the server does not tell.</summary>
    public long? Length => _file.Length;

    /// <summary>The name of the server that was asked first, for people.</summary>
    public string Host { get; }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
