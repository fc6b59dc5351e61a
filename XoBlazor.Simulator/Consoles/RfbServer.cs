using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// Serves a guest's screen to one client over RFB 3.3, 3.7 or 3.8, as the VNC server of a domain does: no password, pixels raw, a screen that changes its size with the guest
/// or at the client's wish, keys also as QEMU's extension numbers them, clipboards in both directions (RFC 6143; rfbproto.rst for the extensions).
/// </summary>
internal sealed class RfbServer(GuestScreen guest, Stream stream)
{
    private const int LongestText = 1 << 20;
    private const int MostEncodings = 1024;

    private readonly RfbView _view = new(guest, stream);
    private readonly byte[] _bytes = new byte[64];

    /// <summary>Runs until the client goes or the guest's domain ends.</summary>
    /// <exception cref="InvalidDataException">The client says something that RFB does not know.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await ShakeHandsAsync(cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] both = [_view.RunAsync(end.Token), ListenAsync(end.Token)];
        try
        {
            await await Task.WhenAny(both);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellation)
    {
        await stream.WriteAsync("RFB 003.008\n"u8.ToArray(), cancellation);
        await stream.FlushAsync(cancellation);
        var version = Encoding.ASCII.GetString((await ReadAsync(12, cancellation)).Span);
        if (!version.StartsWith("RFB 003.", StringComparison.Ordinal)) throw new InvalidDataException($"'{version}' is no version of RFB");
        if (string.CompareOrdinal(version, "RFB 003.007") < 0)
        {
            // 3.3: the server decides.
            await stream.WriteAsync((byte[])[0, 0, 0, 1], cancellation);
        }
        else
        {
            await stream.WriteAsync((byte[])[1, 1], cancellation);
            await stream.FlushAsync(cancellation);
            if ((await ReadAsync(1, cancellation)).Span[0] != 1) throw new InvalidDataException("the client asks for a kind of security that was not offered");
            if (string.CompareOrdinal(version, "RFB 003.008") >= 0) await stream.WriteAsync(new byte[4], cancellation);
        }

        await stream.FlushAsync(cancellation);
        _ = await ReadAsync(1, cancellation);
        await _view.IntroduceAsync(cancellation);
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (await stream.ReadAsync(_bytes.AsMemory(0, 1), cancellation) == 0) return;
            switch (_bytes[0])
            {
                case 0:
                    _view.Format = PixelFormat.Read((await ReadAsync(19, cancellation)).Span[3..]);
                    break;
                case 2:
                    await ReadEncodingsAsync(cancellation);
                    break;
                case 3:
                    var asked = await ReadAsync(9, cancellation);
                    _view.Ask(asked.Span[0] != 0, U16(asked, 1), U16(asked, 3), U16(asked, 5), U16(asked, 7));
                    break;
                case 4:
                    var key = await ReadAsync(7, cancellation);
                    guest.Press(new(key.Span[0] != 0, U32(key, 3), 0));
                    break;
                case 5:
                    var pointer = await ReadAsync(5, cancellation);
                    guest.Point(U16(pointer, 1), U16(pointer, 3), pointer.Span[0]);
                    break;
                case 6:
                    guest.Paste(Encoding.Latin1.GetString(await ReadTextAsync(U32(await ReadAsync(7, cancellation), 3), cancellation)));
                    break;
                case 251:
                    await ReadSizeAsync(cancellation);
                    break;
                case 255:
                    await ReadExtendedKeyAsync(cancellation);
                    break;
                default:
                    throw new InvalidDataException($"{_bytes[0]} is no message of a client");
            }
        }
    }

    private async Task ReadEncodingsAsync(CancellationToken cancellation)
    {
        var count = U16(await ReadAsync(3, cancellation), 1);
        if (count > MostEncodings) throw new InvalidDataException($"{count} encodings are too many");
        var encodings = new HashSet<int>();
        for (var index = 0; index < count; index++)
            encodings.Add((int)U32(await ReadAsync(4, cancellation), 0));
        guest.Encodings = _view.Encodings = encodings;
    }

    /// <summary>SetDesktopSize: a size and the screens in it, of which there is one.</summary>
    private async Task ReadSizeAsync(CancellationToken cancellation)
    {
        var head = await ReadAsync(7, cancellation);
        var (width, height, screens) = (U16(head, 1), U16(head, 3), head.Span[5]);
        for (var index = 0; index < screens; index++)
            _ = await ReadAsync(16, cancellation);
        _view.Resize(width, height);
    }

    /// <summary>QEMU's messages: of those only the key with its place on the keyboard.</summary>
    private async Task ReadExtendedKeyAsync(CancellationToken cancellation)
    {
        var key = await ReadAsync(11, cancellation);
        if (key.Span[0] != 0) throw new InvalidDataException($"{key.Span[0]} is no message of QEMU's that is known");
        guest.Press(new(U16(key, 1) != 0, U32(key, 3), U32(key, 7)));
    }

    private async Task<byte[]> ReadTextAsync(uint length, CancellationToken cancellation)
    {
        if (length > LongestText) throw new InvalidDataException($"a clipboard of {length} bytes is too long");
        var text = new byte[length];
        await stream.ReadExactlyAsync(text, cancellation);
        return text;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int count, CancellationToken cancellation)
    {
        await stream.ReadExactlyAsync(_bytes.AsMemory(0, count), cancellation);
        return _bytes.AsMemory(0, count);
    }

    private static int U16(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]);

    private static uint U32(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[at..]);
}
