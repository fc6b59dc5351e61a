using Microsoft.AspNetCore.Identity;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Passwords;

/// <summary>
/// What a password must be, after NIST SP 800-63B §3.1.1.2: long enough, not too long to hash, and not one that is guessed first. Nothing
/// is asked about kinds of characters.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Shortest = 12;

    /// <summary>Hashing costs time; nobody types more.</summary>
    public const int Longest = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Problem(password ?? "", [user.UserName, user.DisplayName, user.Email?.Split('@')[0]]) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem })
            : IdentityResult.Success);

    /// <summary>What is wrong with a password of somebody with these names, in words; null when nothing is.</summary>
    public static string? Problem(string password, IEnumerable<string?> names)
    {
        if (password.Length < Shortest)
            return $"The password needs at least {Shortest} characters; a few words make a good one.";
        if (password.Length > Longest)
            return $"The password may have at most {Longest} characters.";
        return GuessablePassword.Why(password, names) is { } why ? $"This password would be guessed soon: {why}. A few words that do not belong together make a good one." : null;
    }
}
