using XoBlazor.Core.Transfers;

namespace XoBlazor.Tests.Transfers;

/// <summary>Whether a VHD came to its end, in whatever pieces it comes.</summary>
public sealed class VhdEndTests
{
    private static readonly byte[] s_footer = [.. "conectix"u8, .. new byte[504]];

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(1 << 20)]
    public async Task Whole_IsAtItsEnd_AndOneThatWasCutIsNot(int piece)
    {
        byte[] whole = [.. s_footer, .. new byte[3000], .. s_footer];

        Assert.True(await IsThereAsync(whole, piece));
        Assert.False(await IsThereAsync(whole[..^1], piece));
        Assert.False(await IsThereAsync([.. whole, 0], piece));
        Assert.False(await IsThereAsync(whole[..^600], piece));
        Assert.False(await IsThereAsync([], piece));
    }

    private static async Task<bool> IsThereAsync(byte[] bytes, int piece)
    {
        var end = new VhdEnd();
        foreach (var part in bytes.Chunk(piece))
            await end.AddAsync(part, CancellationToken.None);
        return end.IsThere;
    }
}
