using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts;

/// <summary>
/// A new server has no account and no default password. The first administrator comes from the environment
/// (<c>Setup__AdminUser</c>, <c>Setup__AdminPassword</c>) or from a one-time link printed on the console; once there is any
/// account, neither does anything.
/// </summary>
internal sealed class FirstAdministrator(
    IServiceScopeFactory scopes, IConfiguration settings, SetUpCode code, AccessPolicyFeed policy, AuditLog audit, TimeProvider time) : IGreetingLine
{
    private const string DefaultName = "admin";

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>True until somebody can sign in.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>Looks whether there is an account, and makes one when the environment says so.</summary>
    public async Task PrepareAsync(CancellationToken token)
    {
        await using (var scope = scopes.CreateAsyncScope())
            IsMissing = !await scope.ServiceProvider.GetRequiredService<AppDatabase>().Users.AnyAsync(token);

        if (!IsMissing || settings["Setup:AdminPassword"] is not { Length: > 0 } password)
            return;

        var name = settings["Setup:AdminUser"] is { Length: > 0 } given ? given : DefaultName;
        var problems = await CreateAsync(name, password, token);
        if (problems.Count > 0)
            throw new StartupException($"The first administrator '{name}' from Setup__AdminUser and Setup__AdminPassword cannot be created: {string.Join(' ', problems)}");
    }

    /// <summary>Makes the account. Returns what is wrong with the name or the password, or nothing when it is done.</summary>
    public async Task<IReadOnlyList<string>> CreateAsync(string name, string password, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            return await CreateLockedAsync(name, password, token);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> Lines(string address)
    {
        if (IsMissing)
            yield return $"Nobody can sign in yet. Create the first administrator here (works once): {address}{SetUpEndpoints.Path}?code={code.Value}";
    }

    private async Task<IReadOnlyList<string>> CreateLockedAsync(string name, string password, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDatabase>();
        if (await database.Users.AnyAsync(token))
            return ["There is an account already; sign in with it."];

        // All or nothing: an account without its role would leave a server that nobody can administer.
        await using var transaction = await database.Database.BeginTransactionAsync(token);
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = new Account(name.Trim()) { Created = time.GetUtcNow() };
        var made = await accounts.CreateAsync(account, password);
        if (!made.Succeeded)
            return [.. made.Errors.Select(error => error.Description)];

        database.Grants.Add(AdministratorGrants.Make(account.Id, "set-up", time.GetUtcNow()));
        await database.SaveChangesAsync(token);
        await audit.AppendAsync(
            new()
            {
                Category = AuditCategory.Account,
                Action = "user.create",
                Actor = AuditActor.Server,
                Face = "set-up",
                Outcome = AuditOutcome.Succeeded,
                Target = UserAdministration.Target(account),
                Message = "The first administrator.",
            },
            token);
        await transaction.CommitAsync(token);
        await policy.ReloadAsync();
        IsMissing = false;
        return [];
    }
}
