using System.Security.Cryptography;

namespace XoBlazor.App.Accounts.Passwords;

/// <summary>A password to hand over: 100 random bits in groups that can be read out and typed.</summary>
internal static class GeneratedPassword
{
    private const int Groups = 4;
    private const int GroupLength = 5;

    // 32 letters and digits; without i, l, o and u, which are misread or make words.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Make() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));
}
