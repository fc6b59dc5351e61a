using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Actions;
using XoBlazor.App.Api.Rest.Collections;

namespace XoBlazor.App.Api.Rest.Tasks;

/// <summary>Tasks, of somebody and of each object.</summary>
internal sealed class TaskRoutes(RestTasks tasks) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/tasks", "Your tasks, newest first; administrators see everybody's.", call => WriteListAsync(call, null)) { Query = ListForm.Parameters, Outcomes = [RestOutcome.List] },
        new("GET", "/tasks/{id}", "One task.", GetAsync) { Query = [ApiParameter.Flag("wait").Optional.Described("answer only when it has ended")] },
        new("DELETE", "/tasks/{id}", "Forgets a task that has ended.", DeleteAsync) { Outcomes = [RestOutcome.Nothing] },
        new("DELETE", "/tasks", "Forgets all tasks of yours that have ended.", DeleteAllAsync) { Outcomes = [RestOutcome.Nothing] },
        new("POST", "/tasks/{id}/actions/abort", "Asks the host to give a task up.", AbortAsync) { Query = ActionRoute.Query, Outcomes = [RestOutcome.Task, RestOutcome.Nothing] },
        .. RestCollection.Busy.Select(collection => new RestRoute("GET", $"/{collection.Name}/{{id}}/tasks", "The tasks that work on it, of those you see.", call =>
        {
            call.Find(collection);
            return WriteListAsync(call, call.Id);
        })
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        }),
    ];

    private Task WriteListAsync(RestCall call, string? about) =>
        RowList.WriteAsync(call, "tasks", tasks.Of(call.Self).Where(task => about is null || task.About.Id == about).Select(task => task.Shape()));

    private async Task GetAsync(RestCall call)
    {
        var task = tasks.Find(call.Self, call.Id);
        if (call.Flag("wait"))
            await task.Ends.WaitAsync(call.Http.RequestAborted);
        await call.JsonAsync(task.Shape());
    }

    private Task DeleteAsync(RestCall call)
    {
        Forget(tasks.Find(call.Self, call.Id));
        return call.NothingAsync();
    }

    private Task DeleteAllAsync(RestCall call)
    {
        foreach (var task in tasks.Of(call.Self).Where(task => task.Ended is not null && task.Session.Account == call.Self.Account).ToList())
            tasks.Remove(task);
        return call.NothingAsync();
    }

    private void Forget(RestTask task)
    {
        if (task.Ended is null)
            throw new ApiException(ApiErrorCode.IncorrectState, "This task is under way. Abort it, or wait for its end.", new JsonObject { ["expected"] = "ended", ["actual"] = "pending" });
        tasks.Remove(task);
    }

    private Task AbortAsync(RestCall call)
    {
        var task = tasks.Find(call.Self, call.Id);
        if (task is { Ended: null, Run: { IsCancellable: true } own })
            return tasks.RunAsync(call, "task.abort", (task.Id, "task"), null, (_, _) =>
            {
                own.Cancel();
                task.Abort();
                return Task.FromResult(JsonSerializer.SerializeToElement(true));
            });
        if (task.Ended is not null || task.Run is not { } run || call.Objects.Pool(run.Target.Pool) is not { } pool || pool.Get(run.Task) is not { } atHost)
            throw new ApiException(ApiErrorCode.IncorrectState, "There is nothing under way at a host that could be given up.", new JsonObject { ["expected"] = "pending", ["actual"] = "ended" });
        return tasks.RunAsync(call, "task.abort", (task.Id, "task"), null, async (caller, closed) =>
        {
            var done = await call.RunAsync(caller, "task.cancel", new() { ["id"] = XoObjects.XoIds.Of(pool, atHost) }, closed);
            task.Abort();
            return done;
        });
    }
}
