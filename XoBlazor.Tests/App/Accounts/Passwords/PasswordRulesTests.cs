using XoBlazor.App.Accounts.Passwords;

namespace XoBlazor.Tests.App.Accounts.Passwords;

public sealed class PasswordRulesTests
{
    private static readonly string[] s_names = ["ada.lovelace", "Ada Byron"];

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("four words make one")]
    [InlineData("twelve letters")]
    [InlineData("a long enough password")]
    [InlineData("xK9#mQ2$vL7p")]
    [InlineData("der Hund bellt im Keller")]
    [InlineData("мой пароль длинный")]
    [InlineData("Passwords are like underwear")]
    public void Problem_GoodPasswords_None(string password) => Assert.Null(PasswordRules.Problem(password, s_names));

    [Theory]
    [InlineData("elevenchars", "at least 12")]
    [InlineData("password1234", "the word 'password' and a sequence")]
    [InlineData("P@ssw0rd2026", "the word 'password' and a year")]
    [InlineData("Sommer2026!!", "the word 'sommer'")]
    [InlineData("acegikmoqsuw", "a sequence")]
    [InlineData("qwertyuiop12", "row of keys")]
    [InlineData("1qaz2wsx3edc", "row of keys")]
    [InlineData("aaaaaaaaaaaaaa", "over and over")]
    [InlineData("abcabcabcabc", "'abc' over and over")]
    [InlineData("letmeinletmein", "over and over")]
    [InlineData("ada.lovelace1", "your own name")]
    [InlineData("Lovelace-2026", "your own name")]
    [InlineData("XoBlazor2026!", "the word 'xoblazor'")]
    [InlineData("xen-orchestra", "the word")]
    [InlineData("monkeydragon12", "the word 'monkey' and the word 'dragon'")]
    [InlineData("112112112211221122", "few different characters")]
    public void Problem_GuessablePasswords_SaysWhy(string password, string why) =>
        Assert.Contains(why, PasswordRules.Problem(password, s_names), StringComparison.Ordinal);

    [Fact]
    public void Problem_LongestPassword_TakenAndOneMoreRefused()
    {
        var longest = string.Concat(Enumerable.Range(0, PasswordRules.Longest).Select(i => (char)('a' + (i * i * 7 % 26))));

        Assert.Null(PasswordRules.Problem(longest, []));
        Assert.Contains("at most 256", PasswordRules.Problem(longest + "x", []), StringComparison.Ordinal);
    }
}
