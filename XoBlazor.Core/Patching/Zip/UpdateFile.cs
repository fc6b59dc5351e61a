using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>The file of an update on its way to a pool: out of a zip, or as it is. Used once, forwards; disposing leaves what it comes from open.</summary>
internal sealed class UpdateFile : IAsyncDisposable
{
    private const int DiscMarkAt = 0x8001;

    private static readonly byte[] s_discMark = "CD001"u8.ToArray();

    private readonly ZipReader? _zip;

    private UpdateFile(ZipReader zip) => (_zip, Name, Length, Content) = (zip, zip.Name, zip.Length, zip.Content);

    private UpdateFile(string name, long length, Stream content) => (Name, Length, Content) = (name, length, content);

    public string Name { get; }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    /// <summary>Its last bytes come only when all of it is right, as far as that can be told.</summary>
    public Stream Content { get; }

    /// <param name="extension">What an update of the pool's hosts ends with: <c>.iso</c> or <c>.xsupdate</c>.</param>
    /// <returns>Fails with <see cref="PatchingException"/> for a zip that is refused.</returns>
    public static async Task<UpdateFile> InZipAsync(Stream zip, string extension, CancellationToken token) => new(await ZipReader.OpenAsync(zip, extension, token));

    /// <summary>The same for what may be the update itself.</summary>
    /// <param name="length">Of what comes, in bytes; null when nobody knows.</param>
    public static async Task<UpdateFile> InAnyAsync(Stream from, long? length, string extension, CancellationToken token)
    {
        var first = new byte[DiscMarkAt + s_discMark.Length];
        var read = await from.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, token);
        var all = new PrefixedStream(first.AsMemory(0, read), from);
        if (first.AsSpan(0, read).StartsWith("PK"u8))
            return await InZipAsync(all, extension, token);
        if (extension == ".iso" && (read < first.Length || !first.AsSpan().EndsWith(s_discMark)))
            throw new PatchingException("What was sent is neither a zip nor an ISO image. Send the zip of an update as its maker gives it out, or the .iso that is in it.");
        if (length is not > 0)
            throw new PatchingException($"The length of the {extension} has to be announced (Content-Length), for its place is made before it is filled. Send a file, not a pipe.");
        return new($"update{extension}", length.Value, all);
    }

    /// <summary>Looks at what stands behind it in its zip, and fails with <see cref="PatchingException"/> unless all is as it should be. It must not be installed before.</summary>
    public Task CompleteAsync(CancellationToken token) => _zip?.CompleteAsync(token) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _zip?.DisposeAsync() ?? default;
}
