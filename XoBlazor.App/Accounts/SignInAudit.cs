using System.Globalization;
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
    /// <summary>The face of the console's own pages.</summary>
    public const string Console = "console";

    private const int LongestName = 100;

    /// <param name="proofs">What was proven besides the password.</param>
    /// <param name="face">The way they came.</param>
    public async Task SignedInAsync(Account account, string? address, string face, string proofs, CancellationToken token) =>
        await audit.AppendAsync(Record("sign-in", AuditOutcome.Succeeded, Actor(account), address, face) with { Parameters = [new("with", proofs)] }, token);

    /// <summary>Somebody was refused; the reason is for administrators only.</summary>
    public Task RefusedAsync(string? typed, Account? known, string? address, string reason, string face = Console) =>
        TryAsync(Record("sign-in", AuditOutcome.Refused, new("", Printable(typed)), address, face) with
        {
            Target = known is null ? null : UserAdministration.Target(known),
            Message = reason,
        });

    /// <summary>So many were refused unseen within a minute, because their address has to wait.</summary>
    /// <param name="from">From where, in words.</param>
    public Task DelayedAsync(string? address, string? face, long attempts, string from) =>
        TryAsync(Record("sign-in.delayed", AuditOutcome.Refused, new("", ""), address) with
        {
            Face = face,
            Parameters = [new("attempts", attempts.ToString(CultureInfo.InvariantCulture))],
            Message = $"{attempts} more {from} in the last minute, after too many failures.",
        });

    /// <summary>An account takes no password for a while.</summary>
    public Task LockedAsync(Account account, string? address, DateTimeOffset until) =>
        LockedAsync(UserAdministration.Target(account), account.AccessFailedCount, address, until);

    /// <summary>The same of somebody who has no account here yet.</summary>
    public Task LockedAsync(AuditTarget person, int failures, string? address, DateTimeOffset until) =>
        TryAsync(Record("sign-in.lock", AuditOutcome.Succeeded, AuditActor.Server, address) with
        {
            Target = person,
            Message = $"Locked until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC after {failures} failures.",
        });

    public Task SignedOutAsync(Account account, string? address) => SignedOutAsync(Actor(account), address, Console);

    public Task SignedOutAsync(AuditActor actor, string? address, string face) => TryAsync(Record("sign-out", AuditOutcome.Succeeded, actor, address, face));

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

    private static AuditRecord Record(string action, AuditOutcome outcome, AuditActor actor, string? address, string face = Console) => new()
    {
        Category = AuditCategory.SignIn,
        Action = action,
        Actor = actor,
        Outcome = outcome,
        Face = actor == AuditActor.Server ? "server" : face,
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
