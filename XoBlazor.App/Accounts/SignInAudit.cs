using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Writes down every sign-in, failure, lock and end of a session. Who signs in has to be recorded first
/// (<see cref="SignedInAsync"/> fails with <see cref="AuditException"/>); refusals and ends happen whether they can be recorded or not.
/// Safe from any thread.
/// </summary>
internal sealed partial class SignInAudit(AuditLog audit, ILogger<SignInAudit> log)
{
    private const string Face = "console";
    private const int LongestName = 100;

    /// <param name="proofs">What was proven besides the password.</param>
    public async Task SignedInAsync(Account account, string? address, string proofs, CancellationToken token) =>
        await audit.AppendAsync(Record("sign-in", AuditOutcome.Succeeded, Actor(account), address) with { Parameters = [new("with", proofs)] }, token);

    /// <summary>Somebody was refused; the reason is for administrators only.</summary>
    public Task RefusedAsync(string? typed, Account? known, string? address, string reason) =>
        TryAsync(Record("sign-in", AuditOutcome.Refused, new("", Printable(typed)), address) with
        {
            Target = known is null ? null : UserAdministration.Target(known),
            Message = reason,
        });

    /// <summary>An account takes no password for a while.</summary>
    public Task LockedAsync(Account account, string? address, DateTimeOffset until) =>
        TryAsync(Record("sign-in.lock", AuditOutcome.Succeeded, AuditActor.Server, address) with
        {
            Target = UserAdministration.Target(account),
            Message = $"Locked until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC after {account.AccessFailedCount} failures.",
        });

    public Task SignedOutAsync(Account account, string? address) =>
        TryAsync(Record("sign-out", AuditOutcome.Succeeded, Actor(account), address));

    /// <summary>A session ended without its owner's doing.</summary>
    public Task EndedAsync(Account? account, SignInSession session, string why) =>
        TryAsync(Record("session.end", AuditOutcome.Succeeded, AuditActor.Server, session.Address) with
        {
            Target = account is null ? new("user", null, AccessPolicyFeed.Text(session.AccountId), "") : UserAdministration.Target(account),
            Message = why,
        });

    /// <summary>A name somebody typed, as log and audit may show it.</summary>
    public static string Printable(string? name) =>
        string.Concat((name ?? "").Take(LongestName).Select(letter => char.IsControl(letter) ? '?' : letter));

    private static AuditActor Actor(Account account) => new(AccessPolicyFeed.Text(account.Id), account.UserName ?? "");

    private static AuditRecord Record(string action, AuditOutcome outcome, AuditActor actor, string? address) => new()
    {
        Category = AuditCategory.SignIn,
        Action = action,
        Actor = actor,
        Outcome = outcome,
        Face = actor == AuditActor.Server ? "server" : Face,
        Address = address,
    };

    private async Task TryAsync(AuditRecord record)
    {
        try
        {
            await audit.AppendAsync(record, CancellationToken.None);
        }
        catch (AuditException problem)
        {
            LogUnrecorded(record.Action, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Action} happened and could not be recorded: {Problem}")]
    private partial void LogUnrecorded(string action, string problem);
}
