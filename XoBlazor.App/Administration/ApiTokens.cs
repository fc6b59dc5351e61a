using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// What programs sign in with. A token reads <c>xob_ID_SECRET</c> and is shown once. It may at most what its owner may, and less when it is limited to a
/// role. Safe from any thread.
/// </summary>
internal sealed class ApiTokens
{
    /// <summary>The longest life of a token.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    /// <summary>Tokens of one account. Programs that make one at every start must not fill the database.</summary>
    public const int MostOfOne = 200;

    private const string Prefix = "xob_";
    private const int SecretSize = 32;

    private static readonly TimeSpan s_useStep = TimeSpan.FromMinutes(1);

    // How long a proof is believed without asking the database again: what ends a token holds for new sign-ins after at most this.
    private static readonly TimeSpan s_believed = TimeSpan.FromSeconds(3);

    private const int MostBelieved = 10_000;

    private readonly IDbContextFactory<AppDatabase> _databases;
    private readonly AdministrationRunner _runner;
    private readonly AccessEngine _access;
    private readonly SignInProviders _providers;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();
    private readonly ConcurrentDictionary<Guid, Believed> _believed = new();
    private long _uses;

    public ApiTokens(IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, AccessEngine access, SignInProviders providers, TimeProvider time)
    {
        (_databases, _runner, _access, _providers, _time) = (databases, runner, access, providers, time);
        // Accounts that are disabled or removed are such a change.
        access.Changed += _ => _believed.Clear();
    }

    /// <summary>Grows with every use that was noted: another number says that a list is out of date.</summary>
    public long Uses => Interlocked.Read(ref _uses);

    /// <summary>Makes a token and returns the text of it, for the only time.</summary>
    public async Task<string> CreateAsync(Requester requester, Guid account, string name, TimeSpan life, string? roleId, CancellationToken token)
    {
        var owner = await _databases.FindAccountAsync(account, token);
        var act = Act("token.create", requester, owner).With("name", name.Trim()).With("days", ((int)life.TotalDays).ToString(System.Globalization.CultureInfo.InvariantCulture)).With("role", roleId);
        return await _runner.RunAsync(requester, act, async inner =>
        {
            var called = Name(name);
            if (requester.Actor.LimitedTo is { } limit && roleId != limit)
                throw new AdministrationRefusedException("A token that is limited to a role makes no other one than such. Make it in the console under your profile.");
            if (life <= TimeSpan.Zero || life > LongestLife)
                throw new AdministrationRefusedException($"A token lives at least a moment and at most {LongestLife.TotalDays:0} days.");
            if (roleId is not null && !_access.Policy.Roles.ContainsKey(roleId))
                throw new AdministrationRefusedException($"There is no role '{roleId}' any more. Choose another one.");

            var secret = RandomNumberGenerator.GetBytes(SecretSize);
            var made = new ApiToken
            {
                Id = Guid.NewGuid(),
                AccountId = account,
                Name = called,
                Hash = SHA256.HashData(secret),
                RoleId = roleId,
                Created = _time.GetUtcNow(),
                Expires = _time.GetUtcNow() + life,
            };
            await using var database = await _databases.CreateDbContextAsync(inner);
            await MakeRoomAsync(database, owner, inner);
            database.ApiTokens.Add(made);
            await database.SaveChangesAsync(inner);
            return $"{Prefix}{made.Id:N}_{Convert.ToHexStringLower(secret)}";
        }, token);
    }

    /// <summary>Ends all tokens of an account: whoever knew its old password may have made some.</summary>
    public async Task EndAllAsync(Guid account)
    {
        await using var database = await _databases.CreateDbContextAsync(CancellationToken.None);
        await database.ApiTokens.Where(one => one.AccountId == account).ExecuteDeleteAsync(CancellationToken.None);
        _believed.Clear();
    }

    /// <summary>Says anew what a token is for.</summary>
    public async Task RenameAsync(Requester requester, Guid id, string name, CancellationToken token)
    {
        var (found, owner) = await KnownAsync(id, token);
        await _runner.RunAsync(requester, Act("token.rename", requester, owner).With("name", found.Name).With("to", name.Trim()), async inner =>
        {
            var called = Name(name);
            await using var database = await _databases.CreateDbContextAsync(inner);
            await database.ApiTokens.Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Name, called), inner);
        }, token);
    }

    /// <summary>Ends a token at once.</summary>
    public async Task RevokeAsync(Requester requester, Guid id, CancellationToken token)
    {
        var (found, owner) = await KnownAsync(id, token);
        await _runner.RunAsync(requester, Act("token.revoke", requester, owner).With("name", found.Name), async inner =>
        {
            await using var database = await _databases.CreateDbContextAsync(inner);
            await database.ApiTokens.Where(one => one.Id == id).ExecuteDeleteAsync(inner);
            _believed.TryRemove(id, out _);
        }, token);
    }

    /// <summary>An account's tokens, newest first; null lists those of all.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(Guid? account, CancellationToken token)
    {
        await using var database = await _databases.CreateDbContextAsync(token);
        return await database.ApiTokens.AsNoTracking().Where(one => account == null || one.AccountId == account).OrderByDescending(one => one.Created).ToListAsync(token);
    }

    /// <summary>Who speaks with this text; null when it is no token, has run out, was revoked, or its owner is disabled. Notes the use.</summary>
    public async Task<Actor?> FindAsync(string text, string? address, CancellationToken token) => (await ProveAsync(text, address, token))?.Actor;

    /// <summary>The same with the token itself. Within some seconds the same text is believed without the database.</summary>
    public async Task<ProvenToken?> ProveAsync(string text, string? address, CancellationToken token)
    {
        if (!TryParse(text, out var id, out var secret))
            return null;

        var (hash, now) = (SHA256.HashData(secret), _time.GetUtcNow());
        if (_believed.TryGetValue(id, out var believed) && now < believed.Until)
            return CryptographicOperations.FixedTimeEquals(believed.Hash, hash) ? believed.Proven : null;

        await using var database = await _databases.CreateDbContextAsync(token);
        var found = await database.ApiTokens.SingleOrDefaultAsync(one => one.Id == id, token);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.Hash, hash) || found.Expires <= now)
            return null;
        if (await Owners(database).SingleOrDefaultAsync(one => one.Id == found.AccountId, token) is not { } owner)
            return null;

        await NoteUseAsync(database, found, address, token);
        var proven = new ProvenToken(found.Id, owner.Id, new Actor(AccessPolicyFeed.Text(owner.Id), owner.UserName ?? "") { LimitedTo = found.RoleId });
        if (_believed.Count >= MostBelieved)
            _believed.Clear();
        _believed[id] = new(hash, proven, now + s_believed < found.Expires ? now + s_believed : found.Expires);
        return proven;
    }

    /// <summary>Which of these tokens are good at this moment.</summary>
    public async Task<IReadOnlySet<Guid>> AliveAsync(IReadOnlyCollection<Guid> ids, CancellationToken token)
    {
        await using var database = await _databases.CreateDbContextAsync(token);
        var now = _time.GetUtcNow();
        var owners = Owners(database);
        return await database.ApiTokens.Where(one => ids.Contains(one.Id) && one.Expires > now && owners.Any(owner => owner.Id == one.AccountId))
            .Select(one => one.Id).ToHashSetAsync(token);
    }

    /// <summary>The id within a token's text; null when it is none. Says nothing about whether the token is good.</summary>
    public static Guid? IdOf(string text) => TryParse(text, out var id, out _) ? id : null;

    // What ran out stays listed until its place is needed.
    private async Task MakeRoomAsync(AppDatabase database, Account owner, CancellationToken token)
    {
        var all = database.ApiTokens.Where(one => one.AccountId == owner.Id);
        if (await all.CountAsync(token) < MostOfOne)
            return;
        var now = _time.GetUtcNow();
        if (await all.Where(one => one.Expires <= now).ExecuteDeleteAsync(token) == 0)
            throw new AdministrationRefusedException($"{owner.UserName} has {MostOfOne} API tokens already. Revoke one that is not needed first.");
    }

    // A busy script must not make the database write for each of its calls.
    private async Task NoteUseAsync(AppDatabase database, ApiToken found, string? address, CancellationToken token)
    {
        var now = _time.GetUtcNow();
        if (_noted.TryGetValue(found.Id, out var last) && now - last < s_useStep)
            return;
        _noted[found.Id] = now;
        (found.LastUsed, found.LastAddress) = (now, address);
        await database.SaveChangesAsync(token);
        Interlocked.Increment(ref _uses);
    }

    // The accounts that may sign in.
    private IQueryable<Account> Owners(AppDatabase database)
    {
        Guid[] open = [.. _providers.Open.Select(source => source.Id)];
        return database.Users.AsNoTracking().Where(one => !one.IsDisabled && (one.DirectoryId == null || open.Contains(one.DirectoryId.Value)));
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

    private async Task<(ApiToken Token, Account Owner)> KnownAsync(Guid id, CancellationToken token)
    {
        await using var database = await _databases.CreateDbContextAsync(token);
        var found = await database.ApiTokens.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, token)
            ?? throw new AdministrationRefusedException("This token is gone already.");
        return (found, await _databases.FindAccountAsync(found.AccountId, token));
    }

    private static string Name(string name) => name.Trim() is { Length: > 0 and <= 200 } called
        ? called : throw new AdministrationRefusedException("A token needs a name of at most 200 characters that says what it is for.");

    // Everybody may make and revoke tokens of their own.
    private static AdministrationAct Act(string action, Requester requester, Account owner) => new(
        requester.Actor.Id == AccessPolicyFeed.Text(owner.Id) ? null : AdministrationRights.Users, AuditCategory.Account, action, UserAdministration.Target(owner));

    private sealed record Believed(byte[] Hash, ProvenToken Proven, DateTimeOffset Until);
}

/// <summary>A token that is good, and who speaks with it.</summary>
internal sealed record ProvenToken(Guid Id, Guid Account, Actor Actor);
