using System.Net;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

public sealed partial class XapiConnection
{
    /// <summary>
    /// Writes the whole content of a small disk, raw. Returns the host's task when all is sent: the host says 200 before it has read anything, so only the task tells
    /// whether it was written (xapi-protocol.md §8.1). A raw image may be shorter than its disk.
    /// </summary>
    /// <param name="at">A member that has the disk's storage; null for the coordinator.</param>
    public async Task<XenRef<XapiTask>> WriteDiskAsync(XapiEndpoint? at, XenRef<Vdi> disk, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var task = await CallRefAsync<XapiTask>("task.create", ["Writing a disk", ""], cancellation);
        var session = await SessionAsync(cancellation);
        var endpoint = at ?? Endpoint;
        using var deadline = new Deadline(_options.CallTimeout, _time, cancellation, _closing.Token);
        using var own = at is null ? null : new XapiTransport(at, _options, 1);
        try
        {
            // The session goes in a cookie: addresses stand in logs.
            var status = await (own ?? _calls).PutAsync($"/import_raw_vdi?vdi={disk}&format=raw&task_id={task}", session, content, deadline.Token);
            return status == HttpStatusCode.OK ? task : throw new NotJsonException((int)status, "");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OperationCanceledException)
        {
            throw _closing.IsCancellationRequested ? new XapiConnectionClosedException() : Unreachable.TimedOut(endpoint, deadline.Patience, "writing a disk");
        }
        catch (Exception e) when (e is not XapiException && Unreachable.From(e, endpoint) is { } unreachable)
        {
            throw unreachable;
        }
    }
}
