namespace XoBlazor.Core.Transfers.Remote;

/// <summary>What others send is held whole only as far as it may reach.</summary>
public static class BoundedContent
{
    private const int Piece = 64 * 1024;

    /// <summary>What comes, and one byte more than the limit at most: who is given that knows that it is too long.</summary>
    /// <param name="most">Bytes.</param>
    public static async Task<byte[]> ReadAsync(Stream content, int most, CancellationToken token)
    {
        using var all = new MemoryStream();
        var piece = new byte[Piece];
        for (int read; all.Length <= most && (read = await content.ReadAsync(piece.AsMemory(0, (int)Math.Min(Piece, most + 1L - all.Length)), token)) > 0;)
            all.Write(piece, 0, read);
        return all.ToArray();
    }
}
