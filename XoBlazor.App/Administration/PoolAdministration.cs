using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Administration;

/// <summary>
/// The pools this server is connected to, added and changed by people: judged and recorded, then done by the fleet. Refusals come as
/// <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class PoolAdministration(PoolFleet fleet, AdministrationRunner runner)
{
    /// <summary>Tries to add a pool; the result says what is missing when it could not be added.</summary>
    public Task<AddPoolResult> AddAsync(Requester requester, NewPool request, CancellationToken token)
    {
        var act = Act("pool.add", request.Address, request.Address).With("user", request.User).With("label", request.Label);
        return runner.RunAsync(requester, act, inner => fleet.AddAsync(request, inner), Judge, token);
    }

    public Task EditAsync(Requester requester, PoolState pool, Func<PoolSettings, PoolSettings> change, CancellationToken token)
    {
        var act = Act("pool.edit", pool);
        if (fleet.Settings(pool.Id) is { } before)
        {
            var after = change(before);
            act = act.With("address", after.Address).With("user", after.User).With("label", after.Label)
                .With("password", after.Password == before.Password ? null : AuditRecord.Masked);
        }
        return runner.RunAsync(requester, act, inner => fleet.EditAsync(pool.Id, change, inner), token);
    }

    public Task SetEnabledAsync(Requester requester, PoolState pool, bool isEnabled, CancellationToken token) =>
        runner.RunAsync(requester, Act(isEnabled ? "pool.enable" : "pool.disable", pool), inner => fleet.SetEnabledAsync(pool.Id, isEnabled, inner), token);

    public Task AcceptCertificateAsync(Requester requester, PoolState pool, PresentedCertificate certificate, CancellationToken token) =>
        runner.RunAsync(requester, Act("pool.accept-certificate", pool).With("host", certificate.Address).With("fingerprint", certificate.Fingerprint),
            inner => fleet.AcceptCertificateAsync(pool.Id, certificate, inner), token);

    public Task RemoveAsync(Requester requester, PoolState pool, CancellationToken token) =>
        runner.RunAsync(requester, Act("pool.remove", pool), inner => fleet.RemoveAsync(pool.Id, inner), token);

    private static (AuditOutcome, string?) Judge(AddPoolResult result) => result switch
    {
        AddPoolResult.Added => (AuditOutcome.Succeeded, null),
        AddPoolResult.ConfirmCertificate question => (AuditOutcome.Refused, $"The certificate {question.Certificate.Fingerprint} of {question.Certificate.Address} was not accepted yet."),
        AddPoolResult.AlreadyThere there => (AuditOutcome.Refused, $"It is here already as {there.Existing.Name}."),
        AddPoolResult.Refused refused => (AuditOutcome.Refused, refused.Problem),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static AdministrationAct Act(string action, PoolState pool) => Act(action, pool.Id.ToString("D"), pool.Name);

    private static AdministrationAct Act(string action, string id, string name) => new(AdministrationRights.Pools, AuditCategory.Pool, action, new("pool connection", null, id, name));
}
