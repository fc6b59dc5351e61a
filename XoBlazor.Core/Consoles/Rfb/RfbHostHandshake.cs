using System.Buffers.Binary;
using System.Text;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>The beginning of RFB as the side that looks, in the versions 3.3, 3.7 and 3.8 (RFC 6143 §7.1–7.3). Hosts ask for no password: reaching them took a session.</summary>
internal static class RfbHostHandshake
{
    private const byte None = 1;
    private const int MostName = 64 * 1024;
    private const int MostReason = 4096;

    /// <summary>Fails with <see cref="RfbException"/>, with <see cref="EndOfStreamException"/>, or as the line does.</summary>
    public static async Task<RfbServerInit> OpenAsync(Stream line, CancellationToken cancellation)
    {
        var minor = Minor(await BytesAsync(line, 12, cancellation));
        await line.WriteAsync(Encoding.ASCII.GetBytes($"RFB 003.{minor:000}\n"), cancellation);
        await line.FlushAsync(cancellation);
        if (minor == 3)
            await AgreeOnOldAsync(line, cancellation);
        else
            await AgreeAsync(line, minor == 8, cancellation);

        // Others may look as well.
        await line.WriteAsync(new byte[] { 1 }, cancellation);
        await line.FlushAsync(cancellation);
        var head = await BytesAsync(line, 4 + RfbPixelFormat.Length + 4, cancellation);
        var name = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(20));
        if (name > MostName)
            throw new RfbException($"the host gives the screen a name of {name} bytes");
        await BytesAsync(line, (int)name, cancellation);
        return new(RfbSize.Checked(BinaryPrimitives.ReadUInt16BigEndian(head), BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2))));
    }

    private static int Minor(byte[] version)
    {
        var text = Encoding.ASCII.GetString(version);
        if (!text.StartsWith("RFB ", StringComparison.Ordinal) || text[7] != '.' || text[11] != '\n'
            || !int.TryParse(text.AsSpan(4, 3), out var major) || !int.TryParse(text.AsSpan(8, 3), out var minor) || major < 3 || (major == 3 && minor < 3))
            throw new RfbException("what answers there does not speak RFB, the protocol of graphical consoles");
        // 3.5 was never published and is taken for 3.3, and what is newer knows 3.8.
        return major > 3 || minor >= 8 ? 8 : minor == 7 ? 7 : 3;
    }

    private static async Task AgreeOnOldAsync(Stream line, CancellationToken cancellation)
    {
        switch (BinaryPrimitives.ReadUInt32BigEndian(await BytesAsync(line, 4, cancellation)))
        {
            case None:
                return;
            case 0:
                throw await RefusedAsync(line, cancellation);
            default:
                throw AsksForPassword();
        }
    }

    private static async Task AgreeAsync(Stream line, bool hasResult, CancellationToken cancellation)
    {
        var count = (await BytesAsync(line, 1, cancellation))[0];
        if (count == 0)
            throw await RefusedAsync(line, cancellation);
        if (!(await BytesAsync(line, count, cancellation)).Contains(None))
            throw AsksForPassword();
        await line.WriteAsync(new[] { None }, cancellation);
        await line.FlushAsync(cancellation);
        if (hasResult && BinaryPrimitives.ReadUInt32BigEndian(await BytesAsync(line, 4, cancellation)) != 0)
            throw await RefusedAsync(line, cancellation);
    }

    private static async Task<RfbException> RefusedAsync(Stream line, CancellationToken cancellation)
    {
        var length = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(await BytesAsync(line, 4, cancellation)), MostReason);
        return new($"the host refuses the console: '{ForeignText.Shown(Encoding.UTF8.GetString(await BytesAsync(line, (int)length, cancellation)))}'");
    }

    private static RfbException AsksForPassword() => new("the console asks for a password, which those of hosts never do");

    private static async Task<byte[]> BytesAsync(Stream line, int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await line.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
