using XoBlazor.App.Accounts.SecondFactors;

namespace XoBlazor.Tests.App.Accounts.SecondFactors;

public sealed class TotpTests
{
    // The key of RFC 6238's appendix B, and its values for SHA-1 cut to six digits.
    private static readonly string s_key = Base32.Encode("12345678901234567890"u8);

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheRfcsMoments_IsTheRfcs(long seconds, string code) => Assert.Equal(code, Totp.Code(s_key, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Match_CodeOfAnotherMoment_CountsOneStepAround(int seconds, bool counts)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);

        Assert.Equal(counts, Totp.Match(s_key, Totp.Code(s_key, now.AddSeconds(seconds)), now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("２８７０８２")]
    [InlineData("28708a")]
    public void Match_WhatIsNoCode_IsNone(string typed) => Assert.Null(Totp.Match(s_key, typed, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void Match_CodeWithABlank_Counts() => Assert.NotNull(Totp.Match(s_key, "287 082", DateTimeOffset.FromUnixTimeSeconds(59)));

    // RFC 4648 §10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_OfTheRfcsWords_ThereAndBack(string word, string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(word);

        Assert.Equal(text, Base32.Encode(bytes));
        Assert.Equal(bytes, Base32.Decode(text));
    }
}
