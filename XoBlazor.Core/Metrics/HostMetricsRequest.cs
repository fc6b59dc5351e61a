using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Metrics;

/// <summary>
/// Asks a host for its figures, at its own address and by its own certificate: each host knows its own VMs only (xapi-protocol.md §8.7). The pool's session goes along
/// in a cookie. Fails with <see cref="MetricsException"/>.
/// </summary>
internal sealed class HostMetricsRequest(ObjectStore store, IPoolConnections pools, TimeProvider time)
{
    /// <summary>For everything, however slowly it comes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public async Task<HostFigures> AskAsync(ObjectKey key, MetricsGranularity granularity, CancellationToken cancellation)
    {
        var pool = store.Current.Pool(key.Pool);
        if (pool?.GetByUuid<Host>(key.Uuid) is not { } host)
            throw new MetricsException(MetricsProblem.OutOfReach, "The host is not in its pool any more.");
        var name = pool.NameOf(host);
        if (!pool.IsHostLive(host))
            throw new MetricsException(MetricsProblem.HostDown, $"{name} is down. It gives figures again when it is up.");
        if (pools.Find(key.Pool) is not { } connection)
            throw new MetricsException(MetricsProblem.OutOfReach, $"The pool {pool.Name()} is out of reach, and its hosts with it. Settings → Pools says why.");

        using var timer = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            return await AskAsync(connection, MemberEndpoint.Of(pool, connection, host), name, host, granularity, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MetricsException(MetricsProblem.OutOfReach, $"{name} did not give its figures within {s_patience.TotalSeconds:0} s. It may be overloaded.");
        }
        catch (FormatException wrong)
        {
            throw new MetricsException(MetricsProblem.OutOfReach, $"{name} has no address that can be used: {wrong.Message}", wrong);
        }
        catch (XapiException failed)
        {
            throw new MetricsException(MetricsProblem.OutOfReach, $"{name} cannot be asked for its figures. {failed.Message}", failed);
        }
    }

    private static async Task<HostFigures> AskAsync(XapiConnection connection, XapiEndpoint? at, string name, Host host, MetricsGranularity granularity, CancellationToken cancellation)
    {
        // A start before zero is taken from the host's last sample: its clock and ours need not agree.
        var step = (long)granularity.Step().TotalSeconds;
        var target = string.Create(CultureInfo.InvariantCulture, $"/rrd_updates?start={-(granularity.Points() - 1) * step}&interval={step}&cf=AVERAGE&host=true&json=true");
        var exchange = await connection.ExchangeAsync(at, "GET", target, null, cancellation);
        try
        {
            if (exchange.Status == 401)
            {
                // The host has forgotten our session. An ordinary call makes a new one.
                await exchange.DisposeAsync();
                await connection.CallTextAsync("host.get_by_uuid", [host.Uuid], cancellation);
                exchange = await connection.ExchangeAsync(at, "GET", target, null, cancellation);
            }

            return exchange.Status switch
            {
                200 => await ReadAsync(exchange, name, granularity, cancellation),
                404 => throw new MetricsException(MetricsProblem.NoFigures, $"{name} keeps no figures: its service that samples them (xcp-rrdd) does not answer. Restart the toolstack of {name}, or look at its log."),
                var status => throw new MetricsException(MetricsProblem.NoFigures, $"{name} gives no figures: it answers with HTTP {status}. Look at its toolstack's log (/var/log/xensource.log)."),
            };
        }
        catch (Exception broken) when (broken is not (MetricsException or XapiException or OperationCanceledException) && Unreachable.From(broken, at ?? connection.Endpoint) is { } unreachable)
        {
            throw unreachable;
        }
        finally
        {
            await exchange.DisposeAsync();
        }
    }

    private static async Task<HostFigures> ReadAsync(Stream answer, string name, MetricsGranularity granularity, CancellationToken cancellation)
    {
        var metrics = await RrdReader.ReadAsync(answer, granularity.Points(), cancellation);
        return metrics.Step == granularity.Step() ? metrics
            : throw new MetricsException(MetricsProblem.NoFigures, $"{name} has no figures for every {granularity.Step().TotalSeconds:0} s: it gives those for every {metrics.Step.TotalSeconds:0} s instead. Choose another range.");
    }
}
