using System.Text.Json;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Patching;
using XoBlazor.Simulator.Wire;

namespace XoBlazor.Simulator.Faults;

/// <summary>
/// Makes a pool misbehave: some faults happen at once, others stand until a call meets them. Asked over HTTP at <c>/simulator/faults</c>,
/// which stays well-behaved as long as connections are taken at all, or from the same process.
/// </summary>
internal sealed class FaultControl
{
    private const string Prefix = "/simulator";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly PoolSimulator _pool;
    private readonly FaultList _standing = new();
    private readonly CallCounter _counter = new();
    private long _refusals;
    private volatile bool _isRefusing;

    public FaultControl(PoolSimulator pool)
    {
        _pool = pool;
        pool.Interceptor = InterceptAsync;
        pool.Connections.Refuses = address => _isRefusing || !HostOperations.IsLive(pool.Db.Get("host", pool.Addresses.HostAt(address)));
        pool.Routes.Register("POST", $"{Prefix}/faults", AskAsync);
        pool.Routes.Register("DELETE", $"{Prefix}/faults", http =>
        {
            Clear();
            return AnswerAsync(http, 200, new { faults = Array.Empty<string>() });
        });
        pool.Routes.Register("GET", $"{Prefix}/state", http => AnswerAsync(http, 200, State));
        var observer = pool.Db.Observer;
        pool.Db.Observer = (row, change) =>
        {
            observer?.Invoke(row, change);
            if (change == RowChange.Deleted && _standing.Has(FaultKind.LoseDeletions)) row.Table.Deletions.RemoveAt(row.Table.Deletions.Count - 1);
        };
    }

    public SimulatorState State => new(
        _pool.Connections.Count, _pool.Sessions.Count, _pool.Db.Generation, _pool.Db.Update(() => _pool.Db.Tables.Sum(table => table.Count)), _counter.Came, _counter.Running,
        [.. _standing.Standing.Select(fault => FaultRequest.NameOf(fault.Kind))]);

    /// <summary>Does what happens at once; keeps what waits for a call.</summary>
    /// <param name="fault">What to do.</param>
    /// <param name="asker">The connection that asks, which gets its answer before it ends.</param>
    /// <exception cref="FormatException">The fault names a host that is not there.</exception>
    public void Apply(Fault fault, string? asker = null)
    {
        switch (fault.Kind)
        {
            case FaultKind.DropConnections:
                _pool.Connections.DropAll(asker);
                break;
            case FaultKind.Refuse:
                Refuse(fault.Seconds, asker);
                break;
            case FaultKind.SessionInvalid:
                _pool.Sessions.CloseAll();
                break;
            case FaultKind.ToolstackRestart:
                RestartToolstack(fault.Seconds, asker);
                break;
            case FaultKind.MoveCoordinator:
                MoveCoordinator(fault.Host, asker);
                break;
            case FaultKind.ChangeCertificate:
                foreach (var host in _pool.Db.All("host"))
                    _pool.Certificates.Renew(host.Ref, fault.IsAnnounced);
                break;
            case FaultKind.Hang or FaultKind.Delay or FaultKind.Truncate or FaultKind.Html500 or FaultKind.MalformedJson or FaultKind.LoseDeletions
                or FaultKind.UnknownShapes or FaultKind.DuplicateEvents or FaultKind.ReorderEvents or FaultKind.StreamStall or FaultKind.StreamCut
                or FaultKind.StreamFailure or FaultKind.StreamShort or FaultKind.StreamSlow or FaultKind.StreamChecksum or FaultKind.CallFailure:
                _standing.Add(fault);
                break;
            case FaultKind.SlowBoot or FaultKind.NoReturn or FaultKind.UpdaterBusy or FaultKind.UpdaterError:
                if (fault.Host is { } hit) _ = HostOf(hit);
                _standing.Add(fault);
                break;
            case FaultKind.HostReturn:
                BringBack(fault.Host);
                break;
            case FaultKind.StreamRedirect:
                _ = OtherHost(_pool.Db.Coordinator.Ref, fault.Host);
                _standing.Add(fault);
                break;
        }
    }

    /// <summary>The oldest fault that hits this request for a stream, or null; one of its count is spent.</summary>
    public Fault? TakeForStream(HttpContext http) => _standing.Take(RequestPeek.NameOf(http), FaultKind.StreamStall, FaultKind.StreamCut, FaultKind.StreamFailure,
        FaultKind.StreamShort, FaultKind.StreamSlow, FaultKind.StreamChecksum, FaultKind.StreamRedirect);

    /// <summary>The error that this call is to fail with, or null. <paramref name="references"/> are what it is about, hosts among them.</summary>
    public XapiException? FailureOf(string method, IEnumerable<string> references)
    {
        if (!_standing.Has(FaultKind.CallFailure)) return null;
        var objects = references.ToList();
        var hosts = objects.Where(reference => _pool.Db.Exists("host", reference)).Select(reference => _pool.Db.Get("host", reference)).ToList();
        if (_standing.TakeFor(FaultKind.CallFailure, method, [.. hosts.Select(host => host.Uuid)]) is not { } fault) return null;
        var parameters = fault.Error.Count > 1 ? [.. fault.Error.Skip(1)] : ErrorParameters.Of(fault.Error[0], objects.FirstOrDefault() ?? "", hosts.FirstOrDefault());
        return new(fault.Error[0], parameters);
    }

    /// <summary>Whether somebody still waits for the answer to this call.</summary>
    public bool IsAnswering(string method) => _counter.Running.Keys.Any(name => name == method || name == $"Async.{method}");

    /// <summary>The oldest fault of this kind that hits this host, doing this, or null; one of its count is spent.</summary>
    public Fault? TakeForHost(FaultKind kind, DbObject host, string doing = "") => _standing.TakeFor(kind, doing, host.Uuid);

    /// <summary>The host of that uuid, or the first by uuid, but not this one.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public DbObject OtherHost(string hostRef, string? uuid)
    {
        var others = _pool.Db.All("host").Where(host => host.Ref != hostRef).OrderBy(host => host.Uuid, StringComparer.Ordinal).ToList();
        if (others.Count == 0) throw new FormatException("The pool has one host only: there is no other.");
        return uuid is null ? others[0] : others.Find(host => host.Uuid == uuid) ?? throw new FormatException($"No other host of the pool has the uuid '{uuid}'.");
    }

    public void Clear()
    {
        _standing.Clear();
        Interlocked.Increment(ref _refusals);
        _isRefusing = false;
    }

    private DbObject HostOf(string uuid) =>
        _pool.Db.Where("host", "uuid", uuid).FirstOrDefault() ?? throw new FormatException($"No host of the pool has the uuid '{uuid}'.");

    private void BringBack(string? uuid)
    {
        var host = uuid is null ? _pool.Db.All("host").FirstOrDefault(other => !HostOperations.IsLive(other)) : HostOf(uuid);
        if (host is null || HostOperations.IsLive(host)) throw new FormatException("No host is away that could come back.");
        if (host.Ref == _pool.Db.Coordinator.Ref)
        {
            Interlocked.Increment(ref _refusals);
            _isRefusing = false;
        }

        _ = HostRestarts.ReturnAsync(_pool, host, _pool.Stopping);
    }

    private void Refuse(double seconds, string? asker)
    {
        var number = Interlocked.Increment(ref _refusals);
        _isRefusing = true;
        _pool.Connections.DropAll(asker);
        _ = AcceptAgainAsync(number, TimeSpan.FromSeconds(seconds));
    }

    private async Task AcceptAgainAsync(long number, TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _pool.Time, _pool.Stopping);
            if (Interlocked.Read(ref _refusals) == number) _isRefusing = false;
        }
        catch (OperationCanceledException)
        {
            // The pool stops: nobody comes any more.
        }
    }

    /// <summary>Sessions, tasks and remembered deletions live in the toolstack's memory; operations that ran are forgotten.</summary>
    private void RestartToolstack(double seconds, string? asker)
    {
        Refuse(seconds, asker);
        _pool.Sessions.CloseAll();
        _pool.Db.Update(() =>
        {
            foreach (var task in _pool.Db.All("task"))
                task.Destroy();
            foreach (var type in new[] { "VM", "VBD", "VIF", "VDI", "SR", "host" })
            {
                foreach (var busy in _pool.Db.All(type).Where(target => target["current_operations"].AsMap.Entries.Length > 0))
                {
                    busy["current_operations"] = XapiValue.EmptyMap;
                    AllowedOperations.Update(busy);
                }
            }

            HostRestarts.ToolstackStarted(_pool, _pool.Db.Coordinator);
            _pool.Db.Restart();
        });
        _pool.Messages.ForgetDeletions();
    }

    private void MoveCoordinator(string? uuid, string? asker)
    {
        _pool.Db.Pool["master"] = OtherHost(_pool.Db.Coordinator.Ref, uuid).Ref;
        _pool.Sessions.CloseAll();
        _pool.Connections.DropAll(asker);
    }

    private async Task InterceptAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(Prefix))
        {
            await next(http);
            return;
        }

        var method = await RequestPeek.MethodAsync(http);
        _counter.Begin(method);
        try
        {
            await AnswerAsync(http, next, method);
        }
        finally
        {
            _counter.End(method);
        }
    }

    private async Task AnswerAsync(HttpContext http, RequestDelegate next, string method)
    {
        switch (_standing.Take(method, FaultKind.Hang, FaultKind.Delay, FaultKind.Html500, FaultKind.MalformedJson, FaultKind.Truncate))
        {
            case { Kind: FaultKind.Hang }:
                await HangAsync(http);
                break;
            case { Kind: FaultKind.Html500 }:
                await RequestHandler.AnswerAsync(http, HtmlPage.InternalError("Simulated failure"));
                break;
            case { Kind: FaultKind.MalformedJson }:
                http.Response.ContentType = "application/json";
                await SpoiltAnswer.SendAsync(http, "{\"jsonrpc\":\"2.0\",\"result\":{\"events\":[{,}],\"id\":"u8.ToArray());
                break;
            case { Kind: FaultKind.Truncate } fault:
                await SpoiltAnswer.SendBeginningAsync(http, await SpoiltAnswer.TakeAsync(http, next), fault.Bytes);
                break;
            case { Kind: FaultKind.Delay } fault:
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), _pool.Time, http.RequestAborted);
                await AnswerOrChangeAsync(http, next, method);
                break;
            default:
                await AnswerOrChangeAsync(http, next, method);
                break;
        }
    }

    private async Task AnswerOrChangeAsync(HttpContext http, RequestDelegate next, string method)
    {
        var repeats = _standing.Has(FaultKind.DuplicateEvents) && method == "event.from" && _standing.Take(method, FaultKind.DuplicateEvents) is not null;
        var reorders = _standing.Has(FaultKind.ReorderEvents) && method == "event.from" && _standing.Take(method, FaultKind.ReorderEvents) is not null;
        var strangers = _standing.Has(FaultKind.UnknownShapes) && IsRead(method) && _standing.Take(method, FaultKind.UnknownShapes) is not null;
        if (!repeats && !reorders && !strangers)
            await next(http);
        else
            await SpoiltAnswer.SendAsync(http, SpoiltAnswer.Change(await SpoiltAnswer.TakeAsync(http, next), repeats, reorders, strangers));
    }

    private static bool IsRead(string method) => method == "event.from" || method.EndsWith(".get_all_records", StringComparison.Ordinal);

    private async Task HangAsync(HttpContext http)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _pool.Stopping);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _pool.Time, end.Token);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }

    private async Task AskAsync(HttpContext http)
    {
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            var fault = FaultRequest.Parse(await reader.ReadToEndAsync(http.RequestAborted));
            Apply(fault, http.Connection.Id);
            http.Response.Headers.Connection = "close";
            await AnswerAsync(http, 200, new { fault = FaultRequest.NameOf(fault.Kind) });
        }
        catch (FormatException failure)
        {
            await AnswerAsync(http, 400, new { error = failure.Message });
        }
    }

    private static async Task AnswerAsync(HttpContext http, int status, object answer)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, s_json);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
