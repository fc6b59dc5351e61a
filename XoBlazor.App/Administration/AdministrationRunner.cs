using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// The one way to change the server itself: asks for the right, writes down that it begins, does it, writes down how it ended. Fails with
/// <see cref="AdministrationRefusedException"/> when it is not allowed, cannot be recorded, or the work itself refuses. Safe from any thread.
/// </summary>
internal sealed class AdministrationRunner(AccessEngine access, AuditLog audit, TimeProvider time)
{
    public Task<T> RunAsync<T>(Requester requester, AdministrationAct act, Func<CancellationToken, Task<T>> work, CancellationToken token) =>
        RunAsync(requester, act, work, static _ => (AuditOutcome.Succeeded, null), token);

    /// <param name="judge">For work whose answer may tell that nothing was done: the outcome, and why.</param>
    public async Task<T> RunAsync<T>(
        Requester requester, AdministrationAct act, Func<CancellationToken, Task<T>> work, Func<T, (AuditOutcome Outcome, string? Message)> judge, CancellationToken token)
    {
        if (act.Right is { } right && access.Refusal(requester.Actor, right, null) is { } refusal)
        {
            await WriteAsync(Record(requester, requester.Actor.LimitedTo, act, AuditOutcome.Refused) with { Message = refusal }, token);
            throw new AdministrationRefusedException(refusal);
        }

        // As what it was begun: the act may take the role away.
        var role = act.Right is { } needed ? access.RolesOf(requester.Actor, needed, null) : requester.Actor.LimitedTo;
        var begun = await WriteAsync(Record(requester, role, act, AuditOutcome.Begun), token);
        var start = time.GetTimestamp();
        try
        {
            var result = await work(token);
            var (outcome, message) = judge(result);
            await EndAsync(outcome, message);
            return result;
        }
        catch (AdministrationRefusedException refused)
        {
            await EndAsync(AuditOutcome.Refused, refused.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(AuditOutcome.Unknown, "It was given up on the way.");
            throw;
        }
        catch (Exception problem)
        {
            await EndAsync(AuditOutcome.Failed, problem.Message);
            throw;
        }

        // The end is written whatever became of the requester.
        Task EndAsync(AuditOutcome ended, string? why) => WriteAsync(
            Record(requester, role, act, ended) with { Of = begun.Number, Message = why, Duration = time.GetElapsedTime(start) }, CancellationToken.None);
    }

    public Task RunAsync(Requester requester, AdministrationAct act, Func<CancellationToken, Task> work, CancellationToken token) =>
        RunAsync(requester, act, async inner =>
        {
            await work(inner);
            return true;
        }, token);

    private async Task<AuditEntry> WriteAsync(AuditRecord record, CancellationToken token)
    {
        try
        {
            return await audit.AppendAsync(record, token);
        }
        catch (AuditException problem)
        {
            throw new AdministrationRefusedException($"Nothing can be done without writing it down. {problem.Message}");
        }
    }

    private static AuditRecord Record(Requester requester, string? role, AdministrationAct act, AuditOutcome outcome) => new()
    {
        Category = act.Category,
        Action = act.Action,
        Actor = new(requester.Actor.Id, requester.Actor.Name, role),
        Outcome = outcome,
        Address = requester.Address,
        Face = requester.Face,
        Target = act.Target,
        Parameters = outcome is AuditOutcome.Begun or AuditOutcome.Refused ? act.Parameters : [],
    };
}
