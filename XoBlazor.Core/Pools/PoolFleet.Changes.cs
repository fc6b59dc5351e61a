using System.Collections.Immutable;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

public sealed partial class PoolFleet
{
    private const string AddNeedsAHost =
        " A pool is added through a host that answers, because its certificate has to be confirmed: enter another member's address, or try again when this host is up.";

    /// <summary>
    /// Connects once to see that it works and which pool it is, and keeps the entry only then. A host nobody met before answers with
    /// <see cref="AddPoolResult.ConfirmCertificate"/>. May take as long as <see cref="PoolLinkOptions.SearchTimeout"/>.
    /// </summary>
    public async Task<AddPoolResult> AddAsync(NewPool pool, CancellationToken cancellation)
    {
        var settings = new PoolSettings
        {
            Id = Guid.NewGuid(),
            Label = pool.Label.Trim(),
            Address = pool.Address.Trim(),
            User = pool.User,
            Password = pool.Password,
            Members = Accept([], pool.Accepted.IsDefault ? [] : pool.Accepted),
        };
        FoundPool found;
        try
        {
            found = await new PoolSearch(settings, _options, _time).FindAsync(null, widely: false, cancellation);
        }
        catch (UnacceptedCertificateException e)
        {
            return new AddPoolResult.ConfirmCertificate(e.Certificate, e.Message);
        }
        catch (Exception e) when (e is XapiException or PoolProblemException or PoolSilentException)
        {
            var problem = PoolProblem.Of(e, settings);
            return new AddPoolResult.Refused(problem.Text + (IsOutOfReach(e) ? AddNeedsAHost : ""), problem.IsRefusal);
        }

        await found.Connection.LogOutAsync(cancellation);
        await found.Connection.DisposeAsync();
        return await ChangeAsync<AddPoolResult>(async () =>
        {
            if (Claimant(found.Pool.Uuid, settings.Id) is { } there)
                return new AddPoolResult.AlreadyThere(there.State);
            settings = settings with { PoolUuid = found.Pool.Uuid };
            await _settings.SaveAsync(settings, cancellation);
            var entry = NewEntry(settings);
            Entries = Entries.Add(entry);
            entry.Start(_running);
            return new AddPoolResult.Added(entry.State);
        }, cancellation);
    }

    private static bool IsOutOfReach(Exception failure) => failure is PoolSilentException
        or XapiUnreachableException { Reason: UnreachableReason.Refused or UnreachableReason.NoRoute or UnreachableReason.TimedOut or UnreachableReason.Interrupted };

    /// <summary>Replaces address, user, password or label and connects anew. The pool behind it must stay the same; its state says when it is not.</summary>
    public Task<bool> EditAsync(Guid id, Func<PoolSettings, PoolSettings> edit, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        if (Find(id) is not { } entry)
            return false;
        await entry.StopAsync();
        try
        {
            var edited = edit(entry.Settings) with { Id = id };
            await _settings.SaveAsync(edited, cancellation);
            entry.Settings = edited;
        }
        finally
        {
            entry.Start(_running);
        }

        return true;
    }, cancellation);

    /// <summary>Switches a pool on or off; off, its objects stay as they are, with their age.</summary>
    public Task<bool> SetEnabledAsync(Guid id, bool isEnabled, CancellationToken cancellation) =>
        EditAsync(id, s => s with { IsEnabled = isEnabled }, cancellation);

    /// <summary>The administrator's yes to a certificate that the state shows; any other one that the host shows stays refused.</summary>
    public Task<bool> AcceptCertificateAsync(Guid id, PresentedCertificate certificate, CancellationToken cancellation) =>
        EditAsync(id, s => s with { Members = Accept(s.Members, [certificate]) }, cancellation);

    /// <summary>Takes a pool away with all its objects. The pool itself is not touched.</summary>
    public Task<bool> RemoveAsync(Guid id, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        if (Find(id) is not { } entry)
            return false;
        await entry.StopAsync();
        await _settings.RemoveAsync(id, cancellation);
        Entries = Entries.Remove(entry);
        if (entry.Settings.PoolUuid is { } uuid && _store.Current.Pool(uuid) is not null)
        {
            using var writer = _store.Open(uuid);
            writer.Forget();
        }

        return true;
    }, cancellation);

    /// <summary>Tries an unreachable pool at once instead of at its <see cref="PoolState.NextTry"/>.</summary>
    public void TryNow(Guid id) => Find(id)?.TryNow();

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellation)
    {
        await Loaded.WaitAsync(cancellation);
        await _changes.WaitAsync(cancellation);
        try
        {
            return await change();
        }
        finally
        {
            _changes.Release();
        }
    }

    private static ImmutableArray<KnownMember> Accept(ImmutableArray<KnownMember> members, ImmutableArray<PresentedCertificate> certificates)
    {
        foreach (var certificate in certificates)
            members = [.. members.Where(m => m.Address != certificate.Address), new(certificate.Address, [certificate.Fingerprint])];
        return members;
    }
}
