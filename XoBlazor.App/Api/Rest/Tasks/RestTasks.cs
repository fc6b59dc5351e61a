using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Rest.Tasks;

/// <summary>
/// The work that was asked for by REST: what goes on, and what has ended lately. In memory and bounded; what was done for good is told by the audit. Everybody sees their
/// own, administrators see all. Safe from any thread.
/// </summary>
internal sealed class RestTasks(
    ApiCalls calls, ApiSessions sessions, AccessEngine access, IOptions<ApiLimits> limits, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Of all users together.</summary>
    public const int MostEnded = 1_000;

    /// <summary>An ended task is kept so long.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private ImmutableList<RestTask> _all = [];

    /// <summary>
    /// Does an action's work: to its end where <c>sync=true</c> was asked for, else as a task that goes on by itself from when a host has begun. What is refused
    /// before that fails with <see cref="ApiException"/>.
    /// </summary>
    /// <param name="home">The collection of what is made; null when nothing is.</param>
    /// <param name="work">Calls methods of the API for the caller it is given, and returns the last answer.</param>
    public async Task RunAsync(RestCall call, string name, (string Id, string Type) about, string? home, Func<IApiCaller, CancellationToken, Task<JsonElement>> work)
    {
        if (call.Flag("sync"))
        {
            var result = await work(call, call.Http.RequestAborted);
            await (home is not null && result.ValueKind == JsonValueKind.String ? call.MadeAsync(result.GetString()!, home) : call.NothingAsync());
            return;
        }

        var task = Add(call, name, about);
        _ = DoAsync(task, work);
        await task.Begins;
        if (task is { Error: { } error, Run: null })
        {
            Remove(task);
            throw error;
        }
        call.Http.Response.Headers.Location = $"{RestEndpoints.Root}/tasks/{task.Id}";
        await call.JsonAsync(new JsonObject { ["taskId"] = task.Id }, StatusCodes.Status202Accepted);
    }

    /// <summary>What somebody sees, newest first.</summary>
    public IEnumerable<RestTask> Of(ApiSession session)
    {
        var isAdministrator = access.IsAdministrator(session.Requester.Actor);
        return _all.Where(task => isAdministrator || task.Session.Account == session.Account);
    }

    /// <summary>Fails with <see cref="ApiException"/> when there is none of this id that shows.</summary>
    public RestTask Find(ApiSession session, string id) => Of(session).FirstOrDefault(task => task.Id == id) ?? throw ApiException.NoSuchObject(id, "task");

    public void Remove(RestTask task)
    {
        lock (_gate)
            _all = _all.Remove(task);
    }

    private RestTask Add(RestCall call, string name, (string Id, string Type) about)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _all = _all.RemoveAll(task => task.Ended < now - Kept);
            if (_all.Count(task => task.Ended is null && task.Session.Account == call.Self.Account) >= limits.Value.MostCallsInFlight)
                throw new ApiException(ApiErrorCode.TooMany, $"more than {limits.Value.MostCallsInFlight} tasks of yours are under way; wait for some to end");
            if (_all.Count(task => task.Ended is not null) >= MostEnded)
                _all = _all.RemoveAt(_all.FindLastIndex(task => task.Ended is not null));
            var added = new RestTask(call, sessions.Again(call.Self), name, about, time);
            _all = _all.Insert(0, added);
            return added;
        }
    }

    private async Task DoAsync(RestTask task, Func<IApiCaller, CancellationToken, Task<JsonElement>> work)
    {
        try
        {
            task.End(await work(task, lifetime.ApplicationStopping), null);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            task.End(null, new(ApiErrorCode.ServiceUnavailable, "The server stopped while this was going on. Whether it was done shows in the object itself."));
        }
        catch (Exception failed)
        {
            task.End(null, calls.Told(failed, task.Name));
        }
        finally
        {
            await sessions.CloseAsync(task.Session);
        }
    }
}
