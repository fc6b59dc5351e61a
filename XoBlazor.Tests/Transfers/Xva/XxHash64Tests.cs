using XoBlazor.Core.Transfers.Xva;

namespace XoBlazor.Tests.Transfers.Xva;

public sealed class XxHash64Tests
{
    [Theory]
    [InlineData(0, 0xEF46DB3751D8E999)]
    [InlineData(1, 0xD24EC4F1A98C6E5B)]
    public void Sum_OfKnownTexts_IsThePublishedOne(int length, ulong expected)
    {
        var hash = new XxHash64();
        hash.Reset();

        hash.Add("a"u8[..length]);

        Assert.Equal(expected, hash.Sum());
    }

    [Fact]
    public void Sum_InPieces_IsThatOfTheWhole()
    {
        var random = new Random(5);
        var bytes = new byte[5000];
        random.NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length += length < 100 ? 1 : 97)
        {
            var hash = new XxHash64();
            hash.Reset();
            for (var at = 0; at < length;)
            {
                var piece = Math.Min(random.Next(1, 80), length - at);
                hash.Add(bytes.AsSpan(at, piece));
                at += piece;
            }

            Assert.Equal(XoBlazor.Simulator.Streams.XxHash64.Hash(bytes.AsSpan(0, length)), hash.Sum());
        }
    }
}
