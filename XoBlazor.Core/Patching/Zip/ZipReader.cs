using System.IO.Compression;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>
/// Takes the one file of a kind out of a zip that comes over the network: forwards, nothing kept but the heads of its files. What is not plain is refused with a
/// <see cref="PatchingException"/>. The file may be used only after <see cref="CompleteAsync"/>. For one caller at a time; disposing leaves the archive open.
/// </summary>
internal sealed class ZipReader : IAsyncDisposable
{
    private const int MostFiles = 1000;
    private const long Largest = 16L << 30;

    /// <summary>An update is packed already, so that a zip makes little of it; only small ones may have much air in them.</summary>
    private const long LargestOfAir = 64L << 20;
    private const int MostAir = 100;

    private readonly ZipBytes _bytes;
    private readonly string _extension;
    private readonly Dictionary<long, ZipHead> _passed = [];
    private ZipHead _file = null!;
    private ZippedContent _content = null!;
    private Stream? _unpacker;
    private uint _signature;

    private ZipReader(ZipBytes bytes, string extension) => (_bytes, _extension) = (bytes, extension);

    /// <summary>The file's own name, without folders.</summary>
    public string Name => NameOf(_file);

    /// <summary>In bytes, as the archive says; <see cref="Content"/> has as many, or fails.</summary>
    public long Length => _file.Size;

    public Stream Content => _content;

    /// <summary>Reads up to the beginning of the file.</summary>
    /// <param name="extension">The file's, such as <c>.iso</c>.</param>
    public static async Task<ZipReader> OpenAsync(Stream archive, string extension, CancellationToken token)
    {
        var reader = new ZipReader(new(archive), extension);
        reader.Begin(await reader.NextAsync(token) ?? throw ZipRefusal.Because($"there is no {extension} in it"));
        return reader;
    }

    /// <summary>Reads the rest of the archive, and fails unless all of it agrees with itself and has no other file of the kind. To be called when all of <see cref="Content"/> was read.</summary>
    public async Task CompleteAsync(CancellationToken token)
    {
        if (!_content.IsWhole)
            throw new InvalidOperationException("the file was not read to its end");
        if (await NextAsync(token) is { } other)
            throw ZipRefusal.Because($"there are several files in it that could be meant, {Name} and {NameOf(other)}");
        await ZipDirectory.CheckAsync(_bytes, _signature, _passed, token);
    }

    public ValueTask DisposeAsync() => _unpacker?.DisposeAsync() ?? default;

    /// <summary>Passes over what is not wanted. Null when the files are over.</summary>
    private async Task<ZipHead?> NextAsync(CancellationToken token)
    {
        while (true)
        {
            var at = _bytes.Position;
            _signature = await _bytes.NumberAsync(token);
            if (_signature is ZipSignature.Directory or ZipSignature.End)
                return null;
            if (_signature != ZipSignature.File)
                throw ZipRefusal.Because(at == 0 ? "it does not begin as one" : $"what stands {at} bytes in is no part of one");
            var head = await ZipHead.ReadAsync(_bytes, at, token);
            if (_passed.Count >= MostFiles)
                throw ZipRefusal.Because($"there are more than {MostFiles} files in it");
            if (head.Name.EndsWith(_extension, StringComparison.OrdinalIgnoreCase))
                return head;
            await _bytes.SkipAsync(head.Packed, token);
            _passed[at] = await head.BehindAsync(_bytes, token);
        }
    }

    private void Begin(ZipHead file)
    {
        if (file.Size is 0 or > Largest)
            throw ZipRefusal.Because($"{file.Name} has no size that an update can have");
        if (file.Size > LargestOfAir && file.Size / MostAir > file.Packed)
            throw ZipRefusal.Because($"{file.Name} would become more than a hundred times larger, as no update does");
        _file = file;
        var packed = new ZipPart(_bytes, file.Packed);
        _unpacker = file.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true) : null;
        _content = new(_unpacker ?? packed, file.Name, file.Size, async token =>
        {
            if (packed.Left > 0)
                throw ZipRefusal.Because($"more stands in the place of {file.Name} than belongs to it");
            var known = await file.BehindAsync(_bytes, token);
            _passed[file.At] = known;
            return known.Crc;
        });
    }

    private static string NameOf(ZipHead file) => file.Name[(file.Name.LastIndexOf('/') + 1)..];
}
