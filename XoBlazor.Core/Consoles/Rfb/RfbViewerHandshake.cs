using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>The beginning of RFB as the side that is looked at (RFC 6143 §7.1–7.3). Who looks was let in before, so nothing is asked for.</summary>
internal static class RfbViewerHandshake
{
    private const int MostName = 255;

    /// <summary>False when the viewer left meanwhile. Fails with <see cref="RfbException"/>.</summary>
    /// <param name="begun">A wait for the first byte that is under way.</param>
    /// <param name="begin">Asked last: what the screen is like at that moment.</param>
    public static async Task<bool> OpenAsync(ViewerInput from, Task<bool> begun, Func<ReadOnlyMemory<byte>, ValueTask> send, Func<(RfbSize Size, RfbPixelFormat Format)> begin, string name, CancellationToken cancellation)
    {
        await send("RFB 003.008\n"u8.ToArray());
        if (!await begun || await TakeAsync(from, 12, cancellation) is not { } version)
            return false;
        var minor = Encoding.ASCII.GetString(version) switch
        {
            "RFB 003.003\n" or "RFB 003.005\n" => 3,
            "RFB 003.007\n" => 7,
            "RFB 003.008\n" => 8,
            _ => throw new RfbException("the viewer does not speak RFB"),
        };
        if (minor == 3)
        {
            await send(new byte[] { 0, 0, 0, 1 });
        }
        else
        {
            await send(new byte[] { 1, 1 });
            if (await TakeAsync(from, 1, cancellation) is not { } chosen)
                return false;
            if (chosen[0] != 1)
                throw new RfbException("the viewer wants a kind of security that was not offered");
            if (minor == 8)
                await send(new byte[4]);
        }

        if (await TakeAsync(from, 1, cancellation) is null)
            return false;
        var (size, format) = begin();
        await send(Init(size, format, name));
        return true;
    }

    private static byte[] Init(RfbSize size, RfbPixelFormat format, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var length = Math.Min(text.Length, MostName);
        var init = new byte[24 + length];
        BinaryPrimitives.WriteUInt16BigEndian(init, size.Width);
        BinaryPrimitives.WriteUInt16BigEndian(init.AsSpan(2), size.Height);
        format.Write(init.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(init.AsSpan(20), length);
        text.AsSpan(0, length).CopyTo(init.AsSpan(24));
        return init;
    }

    private static async ValueTask<byte[]?> TakeAsync(ViewerInput from, int count, CancellationToken cancellation)
    {
        if (!await from.NeedAsync(count, cancellation))
            return null;
        var bytes = from.Bytes[..count].ToArray();
        from.Take(count);
        return bytes;
    }
}
