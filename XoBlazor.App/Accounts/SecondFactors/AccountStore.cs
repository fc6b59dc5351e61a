using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.SecondFactors;

/// <summary>
/// Identity's store with its secrets out of reach of whoever reads the database: the authenticator app's key is sealed, of recovery codes
/// only sealed hashes are kept. Scoped, as its database is.
/// </summary>
internal sealed class AccountStore(AppDatabase database, Sealed secrets) : UserOnlyStore<Account, AppDatabase, Guid>(database)
{
    // Identity's own names for its internal tokens.
    private const string Provider = "[AspNetUserStore]";
    private const string CodesName = "RecoveryCodes";
    private const char Separator = ';';

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, secrets.Seal(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } kept ? secrets.Open(kept) : null;

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        WriteAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var kept = await HashesAsync(user, cancellationToken);
        var given = Encoding.ASCII.GetBytes(Hash(code));
        if (kept.FirstOrDefault(hash => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), given)) is not { } used)
            return false;
        await WriteAsync(user, kept.Where(hash => hash != used), cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => (await HashesAsync(user, cancellationToken)).Length;

    private async Task<string[]> HashesAsync(Account user, CancellationToken token) =>
        await GetTokenAsync(user, Provider, CodesName, token) is { } kept ? secrets.Open(kept).Split(Separator, StringSplitOptions.RemoveEmptyEntries) : [];

    private Task WriteAsync(Account user, IEnumerable<string> hashes, CancellationToken token) =>
        SetTokenAsync(user, Provider, CodesName, secrets.Seal(string.Join(Separator, hashes)), token);

    // As people copy them: small or capital, with or without the dash.
    private static string Hash(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant())));
}
