using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>
/// The content of a file in a zip, unpacked as it is read. Its last bytes are given out only once length and checksum are right, so that nobody ever gets the whole of a file
/// that is not what it says.
/// </summary>
/// <param name="unpacked">The file, maybe longer or shorter than it should be.</param>
/// <param name="length">What the archive says of it.</param>
/// <param name="end">Reads what follows the file, and returns the checksum that it must have.</param>
internal sealed class ZippedContent(Stream unpacked, string name, long length, Func<CancellationToken, Task<uint>> end) : ForwardStream(unpacked)
{
    private readonly byte[] _further = new byte[1];
    private Crc32 _crc;
    private long _left = length;

    /// <summary>All of it was read, and is right.</summary>
    public bool IsWhole { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.IsEmpty)
            return 0;
        var read = await UnpackAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0)
            throw ZipRefusal.Because($"{name} is shorter than it says");
        _crc.Add(buffer.Span[..read]);
        _left -= read;
        if (_left == 0)
            await EndAsync(cancellationToken);
        return read;
    }

    private async Task EndAsync(CancellationToken token)
    {
        if (await UnpackAsync(_further, token) > 0)
            throw ZipRefusal.Because($"{name} is longer than it says");
        if (await end(token) != _crc.Value)
            throw ZipRefusal.Because($"{name} does not have the checksum that it should");
        IsWhole = true;
    }

    private async ValueTask<int> UnpackAsync(Memory<byte> buffer, CancellationToken token)
    {
        try
        {
            return await Source.ReadAsync(buffer, token);
        }
        catch (InvalidDataException)
        {
            throw ZipRefusal.Because($"{name} cannot be unpacked");
        }
    }
}
