using System.Text;

namespace XoBlazor.Simulator.Patching;

/// <summary>
/// A patch file of XenServer up to 7.0 as it is uploaded. Real ones are signed programs that tell of themselves when they are run; here the element <c>info</c>
/// that they would print stands somewhere in their beginning. The rest is counted and thrown away.
/// </summary>
internal static class PatchFile
{
    private const int Beginning = 256 * 1024;

    /// <exception cref="InvalidDataException">The file tells nothing of itself.</exception>
    public static async Task<(PatchFacts Facts, long Size)> ReadAsync(Stream input, long? length, Action<double> progress, CancellationToken cancellation)
    {
        var beginning = new MemoryStream();
        var (buffer, size) = (new byte[64 * 1024], 0L);
        while (length is null || size < length)
        {
            var count = await input.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - size ?? buffer.Length)), cancellation);
            if (count == 0) break;
            beginning.Write(buffer, 0, (int)Math.Min(count, Beginning - beginning.Length));
            size += count;
            if (length is > 0 and var all) progress((double)size / all);
        }

        if (size < length) throw new EndOfStreamException();
        return (Facts(Encoding.Latin1.GetString(beginning.ToArray())), size);
    }

    private static PatchFacts Facts(string text)
    {
        var start = text.IndexOf("<info ", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("</info>", start, StringComparison.Ordinal);
        if (end < 0) throw new InvalidDataException("no <info> in the patch");
        using var xml = new StringReader(text[start..(end + "</info>".Length)]);
        return PatchFacts.Parse(xml, "info", ' ');
    }
}
