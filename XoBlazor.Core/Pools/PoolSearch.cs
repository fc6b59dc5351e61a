using System.Collections.Concurrent;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>
/// One attempt to find a pool's coordinator and log in there: first where it was last, or everywhere at once, following members that
/// point to their coordinator. However many members point to a host, it is asked once. Used once.
/// </summary>
internal sealed class PoolSearch(PoolSettings settings, PoolLinkOptions options, TimeProvider time)
{
    private const int MostHops = 4;

    private readonly PoolDirectory _directory = PoolDirectory.Of(settings);
    private readonly ConcurrentDictionary<XapiEndpoint, Lazy<Task<FoundPool>>> _asked = new();

    /// <param name="coordinator">The coordinator's address as last known.</param>
    /// <param name="widely">Ask all members at once; otherwise only the likeliest one, then the entered address.</param>
    public async Task<FoundPool> FindAsync(string? coordinator, bool widely, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.SearchTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var first = coordinator is null ? _directory.Entered : _directory.At(coordinator);
        XapiEndpoint[] ways = widely ? [first, _directory.Entered, .. _directory.Members] : [first];
        FoundPool? found = null;
        try
        {
            found = await FirstAsync([.. ways.Distinct()], stop.Token);
            return found;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PoolSilentException(first.Address, options.SearchTimeout);
        }
        finally
        {
            await stop.CancelAsync();
            await DropOthersAsync(found);
        }
    }

    private async Task<FoundPool> FirstAsync(XapiEndpoint[] ways, CancellationToken cancellation)
    {
        var attempts = ways.Select(w => AskOnce(w, 0, cancellation)).ToList();
        var failures = new List<Exception>();
        await foreach (var attempt in Task.WhenEach(attempts).WithCancellation(cancellation))
        {
            try
            {
                return await attempt;
            }
            catch (Exception e) when (IsExpected(e))
            {
                failures.Add(e);
            }
        }

        // What an administrator can act on explains more than a host that is down.
        throw failures.MinBy(Rank)!;
    }

    private Task<FoundPool> AskOnce(XapiEndpoint endpoint, int hops, CancellationToken cancellation) =>
        _asked.GetOrAdd(endpoint, e => new(() => AskAsync(e, hops, cancellation))).Value.WaitAsync(cancellation);

    private async Task<FoundPool> AskAsync(XapiEndpoint endpoint, int hops, CancellationToken cancellation)
    {
        var connection = new XapiConnection(endpoint, new(settings.User, settings.Password), options.Connection, time);
        try
        {
            await connection.LogInAsync(cancellation);
            var pools = await connection.GetAllAsync<Pool>(cancellation);
            return new(connection, Check(endpoint, pools));
        }
        catch (HostIsSlaveException e) when (hops < MostHops)
        {
            await connection.DisposeAsync();
            var coordinator = _directory.At(e.Coordinator);
            if (coordinator == endpoint)
                throw new PoolProblemException($"{endpoint} says that it is a member and names itself as the coordinator. Look at the pool's state on the host.", e);
            return await AskOnce(coordinator, hops + 1, cancellation);
        }
        catch (XapiUnreachableException e) when (e.Presented is not null)
        {
            await connection.DisposeAsync();
            throw UnacceptedCertificateException.Of(_directory.NameOf(endpoint), e);
        }
        catch (Exception)
        {
            // Logging out matters where only the check failed: the session would stay at the host for a day.
            await connection.LogOutAsync(CancellationToken.None);
            await connection.DisposeAsync();
            throw;
        }
    }

    private Pool Check(XapiEndpoint endpoint, ImmutableArray<Pool> pools)
    {
        if (pools is not [{ Uuid.Length: > 0 } pool])
            throw new PoolProblemException($"{endpoint} lists {pools.Length} pools where a host has exactly one. It cannot be used.");
        if (settings.PoolUuid is { } expected && expected != pool.Uuid)
        {
            throw new PoolProblemException(
                $"At {endpoint} there is now another pool ({pool.NameLabel}, {pool.Uuid}) than the one that was added ({expected}). "
                + "Correct the address, or remove this entry and add the other pool.");
        }

        return pool;
    }

    /// <summary>Who answered too late is logged out again.</summary>
    private async Task DropOthersAsync(FoundPool? kept)
    {
        foreach (var asked in _asked.Values)
        {
            try
            {
                var found = await asked.Value;
                if (found.Connection == kept?.Connection)
                    continue;
                await found.Connection.LogOutAsync(CancellationToken.None);
                await found.Connection.DisposeAsync();
            }
            catch (Exception e) when (IsExpected(e) || e is OperationCanceledException)
            {
                // Already told, or of no interest any more.
            }
        }
    }

    private static bool IsExpected(Exception failure) => failure is XapiException or PoolProblemException or UnacceptedCertificateException;

    private static int Rank(Exception failure) => failure switch
    {
        PoolProblemException => 0,
        XapiFailureException => 1,
        UnacceptedCertificateException { Certificate.IsChange: true } => 2,
        UnacceptedCertificateException => 3,
        _ => 4,
    };
}
