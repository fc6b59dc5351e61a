using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// What programs sign in with. A token reads <c>xob_ID_SECRET</c> and is shown once. It may at most what its owner may, and less when it is limited to a
/// role. Safe from any thread.
/// </summary>
internal sealed class ApiTokens(IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, TimeProvider time)
{
    /// <summary>The longest life of a token.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    private const string Prefix = "xob_";
    private const int SecretSize = 32;

    private static readonly TimeSpan s_useStep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Makes a token and returns the text of it, for the only time.</summary>
    public async Task<string> CreateAsync(Requester requester, Guid account, string name, TimeSpan life, string? roleId, CancellationToken token)
    {
        var owner = await databases.FindAccountAsync(account, token);
        var act = Act("token.create", requester, owner).With("name", name.Trim()).With("days", ((int)life.TotalDays).ToString(System.Globalization.CultureInfo.InvariantCulture)).With("role", roleId);
        return await runner.RunAsync(requester, act, async inner =>
        {
            if (name.Trim().Length is 0 or > 200)
                throw new AdministrationRefusedException("A token needs a name of at most 200 characters that says what it is for.");
            if (life <= TimeSpan.Zero || life > LongestLife)
                throw new AdministrationRefusedException($"A token lives at least a moment and at most {LongestLife.TotalDays:0} days.");

            var secret = RandomNumberGenerator.GetBytes(SecretSize);
            var made = new ApiToken
            {
                Id = Guid.NewGuid(),
                AccountId = account,
                Name = name.Trim(),
                Hash = SHA256.HashData(secret),
                RoleId = roleId,
                Created = time.GetUtcNow(),
                Expires = time.GetUtcNow() + life,
            };
            await using var database = await databases.CreateDbContextAsync(inner);
            database.ApiTokens.Add(made);
            await database.SaveChangesAsync(inner);
            return $"{Prefix}{made.Id:N}_{Convert.ToHexStringLower(secret)}";
        }, token);
    }

    /// <summary>Ends a token at once.</summary>
    public async Task RevokeAsync(Requester requester, Guid id, CancellationToken token)
    {
        await using var known = await databases.CreateDbContextAsync(token);
        var found = await known.ApiTokens.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, token)
            ?? throw new AdministrationRefusedException("This token is gone already.");
        var owner = await databases.FindAccountAsync(found.AccountId, token);
        await runner.RunAsync(requester, Act("token.revoke", requester, owner).With("name", found.Name), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            await database.ApiTokens.Where(one => one.Id == id).ExecuteDeleteAsync(inner);
        }, token);
    }

    /// <summary>An account's tokens, newest first; null lists those of all.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(Guid? account, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.ApiTokens.AsNoTracking().Where(one => account == null || one.AccountId == account).OrderByDescending(one => one.Created).ToListAsync(token);
    }

    /// <summary>Who speaks with this text; null when it is no token, has run out, was revoked, or its owner is disabled. Notes the use.</summary>
    public async Task<Actor?> FindAsync(string text, string? address, CancellationToken token)
    {
        if (!TryParse(text, out var id, out var secret))
            return null;

        await using var database = await databases.CreateDbContextAsync(token);
        var found = await database.ApiTokens.SingleOrDefaultAsync(one => one.Id == id, token);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.Hash, SHA256.HashData(secret)) || found.Expires <= time.GetUtcNow())
            return null;
        if (await database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == found.AccountId && !one.IsDisabled
                && (one.DirectoryId == null || database.Directories.Any(directory => directory.Id == one.DirectoryId && directory.IsEnabled)), token) is not { } owner)
            return null;

        await NoteUseAsync(database, found, address, token);
        return new Actor(AccessPolicyFeed.Text(owner.Id), owner.UserName ?? "") { LimitedTo = found.RoleId };
    }

    // A busy script must not make the database write for each of its calls.
    private async Task NoteUseAsync(AppDatabase database, ApiToken found, string? address, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (_noted.TryGetValue(found.Id, out var last) && now - last < s_useStep)
            return;
        _noted[found.Id] = now;
        (found.LastUsed, found.LastAddress) = (now, address);
        await database.SaveChangesAsync(token);
    }

    private static bool TryParse(string text, out Guid id, out byte[] secret)
    {
        (id, secret) = (default, []);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].Split('_') is not [var name, { Length: SecretSize * 2 } hex])
            return false;
        if (!Guid.TryParseExact(name, "N", out id) || !hex.All(char.IsAsciiHexDigit))
            return false;
        secret = Convert.FromHexString(hex);
        return true;
    }

    // Everybody may make and revoke tokens of their own.
    private static AdministrationAct Act(string action, Requester requester, Account owner) => new(
        requester.Actor.Id == AccessPolicyFeed.Text(owner.Id) ? null : AdministrationRights.Users, AuditCategory.Account, action, UserAdministration.Target(owner));
}
