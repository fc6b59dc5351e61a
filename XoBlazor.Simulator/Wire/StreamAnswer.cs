using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// How a host answers a request for a stream (xapi-protocol.md §8.1): a body that ends with the connection, 200 before an upload is read, another member's
/// address when this one does not reach the storage. How it went stands in the task.
/// </summary>
internal sealed class StreamAnswer(PoolSimulator pool, HttpContext http)
{
    private Fault? _fault;
    private CancellationToken _end;
    private Stream? _body;

    /// <summary>The host that was asked.</summary>
    public string Host { get; } = pool.Addresses.HostAt(http.Connection.LocalIpAddress);

    /// <summary>What the client sends. Who tells no length sends until its side of the connection ends; the web server takes such a request for one without a body.</summary>
    public PipeReader Source { get; } = http.Request is { Method: "PUT", ContentLength: null } ? PatientConnection.RestOf(http) : http.Request.BodyReader;

    /// <summary>The same, as the faults let it through.</summary>
    public Stream Input => Faulty(Source.AsStream(leaveOpen: true));

    /// <summary>What the client gets, once it has begun.</summary>
    public Stream Output => Faulty(_body!);

    /// <summary>The object that one of these parameters names, by reference or uuid; null when none does.</summary>
    public DbObject? Find(string type, params ReadOnlySpan<string> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (http.Request.Query[parameter].ToString() is not { Length: > 0 } name) continue;
            if (pool.Db.Exists(type, name)) return pool.Db.Get(type, name);
            if (pool.Db.Where(type, "uuid", name).FirstOrDefault() is { } found) return found;
        }

        return null;
    }

    /// <summary>Runs the stream in its task. An exception fails the task; the client hears of it as far as a host tells it.</summary>
    /// <param name="label">The task's when the client brought none.</param>
    /// <param name="cut">What the failure is when the client goes away in the middle.</param>
    /// <param name="work">Gives the task's result. What it throws before it answers becomes a status of 500.</param>
    /// <param name="appends">Whether a failure after the 200 is told in a second answer inside the body, as imports of VMs do.</param>
    public async Task RunAsync(string label, XapiException cut, Func<StreamTask, Task<string>> work, bool appends = false)
    {
        await using var task = StreamTask.Begin(pool, http, label, _fault);
        try
        {
            var result = await work(task);
            task.Finish();
            task.Succeed(result);
        }
        catch (Exception error)
        {
            await FailAsync(task, task.IsCancelled ? new("TASK_CANCELLED", task.Ref) : Failure(error, cut), appends);
        }
    }

    /// <summary>Begins the body of an answer; nothing tells its length.</summary>
    public async Task StartAsync(StreamTask task, string type, string? fileName = null)
    {
        // An export of a VM is answered in the old version; in all others no blank stands behind two of the names. Clients have to take both.
        var (version, blank) = http.Request.Path.StartsWithSegments("/export", StringComparison.Ordinal) ? ("1.0", " ") : ("1.1", "");
        var head = $"HTTP/{version} 200 OK\r\nConnection: close\r\nCache-Control: no-cache, no-store\r\ntask-id:{blank}{task.Ref}\r\ncontent-type:{blank}{type}\r\n";
        if (fileName is not null) head += $"Content-Disposition: attachment; filename=\"{fileName}\"\r\n";
        _end = task.Token;
        _body = PatientConnection.Take(http);
        await _body.WriteAsync(Encoding.UTF8.GetBytes($"{head}\r\n"), task.Token);
    }

    /// <summary>Sends the client to the host that can serve it, if that is another one; its task waits for it there. True when it was sent.</summary>
    public async Task<bool> RedirectAsync(DbObject? host)
    {
        _fault = pool.Faults.TakeForStream(http);
        if (_fault is { Kind: FaultKind.StreamRedirect, Host: var wanted } && wanted != pool.Db.Get("host", Host).Uuid) host = pool.Faults.OtherHost(Host, wanted);
        if (host is null || host.Ref == Host) return false;
        http.Response.Headers.Location = $"https://{host.Text("address")}:{pool.HttpsPort}{http.Request.Path}{http.Request.QueryString}";
        await AnswerEmptyAsync(302, "Found");
        return true;
    }

    /// <summary>Answers with a page, and fails the client's task.</summary>
    public Task RefuseAsync(HtmlPage page, XapiException failure)
    {
        if (StreamTask.Given(pool, http) is { } task) Tasks.Fail(pool, task, failure);
        return RequestHandler.AnswerAsync(http, page);
    }

    /// <summary>A failure as pages spell it.</summary>
    public static HtmlPage PageOf(XapiException failure) => HtmlPage.InternalError($"{failure.Code}: [ {string.Join("; ", failure.Parameters)} ]");

    private static XapiException Failure(Exception error, XapiException cut) => error switch
    {
        XapiException failure => failure,
        IOException or OperationCanceledException => cut,
        InvalidDataException => new("IMPORT_ERROR", "INTERNAL_ERROR: [ Invalid argument: result is Error _ ]"),
        _ => XapiException.Internal($"{error.GetType().Name}(\"{error.Message}\")"),
    };

    private Stream Faulty(Stream body) => _fault is { Kind: FaultKind.StreamStall or FaultKind.StreamCut or FaultKind.StreamFailure or FaultKind.StreamShort or FaultKind.StreamSlow } fault
        ? new FaultyStream(body, fault, pool.Time, http, _end) : body;

    private async Task FailAsync(StreamTask task, XapiException failure, bool appends)
    {
        task.Fail(failure);
        if (_body is null) await AnswerEmptyAsync(500, "internal error");
        else if (appends) await _body.WriteAsync(Encoding.UTF8.GetBytes(PageOf(failure).AsText), CancellationToken.None);
    }

    private Task AnswerEmptyAsync(int status, string reason)
    {
        http.Response.StatusCode = status;
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        http.Response.ContentLength = 0;
        http.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
