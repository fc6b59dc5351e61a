using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;
using XoBlazor.App.Api.Transfers;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Every operation by its own name, begun without waiting and followed to its end. Xen Orchestra has nothing like it; the command line lives on it.</summary>
internal sealed class OperationMethods(OperationCatalogue catalogue, OperationRunner runner, OperationVerbs verbs, TransferDesk desk, ApiSessions sessions, TransferQueue queue, OperationVersion version) : IApiMethods
{
    private const double LongestWait = 30_000;

    public IEnumerable<ApiMethod> Methods =>
    [
        new("operation.getAll", ApiPermission.SignedIn, _ => ValueTask.FromResult<ApiResult>(OperationDescriptions.Of(catalogue.All)))
        {
            Description = "returns all operations: what they work on, take, make and cost",
        },
        new("operation.getVersion", ApiPermission.SignedIn, _ => ValueTask.FromResult<ApiResult>(version.Text))
        {
            Description = "returns a text that is another one when operation.getAll tells something else",
        },
        new("operation.review", ApiPermission.SignedIn, Review)
        {
            Description = "looks whether an operation would be begun, and what would be lost; changes nothing",
            Parameters = [Text("operation"), Text("id"), Object("arguments").Optional],
        },
        new("operation.start", ApiPermission.SignedIn, StartAsync)
        {
            Description = "begins an operation and returns its run; it goes on whether anybody waits or not",
            Parameters = [Text("operation"), Text("id"), Object("arguments").Optional],
        },
        new("operation.run", ApiPermission.SignedIn, RunAsync)
        {
            Description = "does an operation and returns its run at its end, or the error that it ended with; it goes on when the caller goes",
            Parameters = [Text("operation"), Text("id"), Object("arguments").Optional],
        },
        new("operation.transfer", ApiPermission.SignedIn, call => ValueTask.FromResult<ApiResult>(Transfer(call)))
        {
            Description = "returns the address from which what an operation sends is fetched, or to which what it takes is sent",
            Parameters = [Text("operation"), Text("id"), Object("arguments").Optional, Number("length").Optional.Described("of what will be sent, in bytes; without it all has to come in one request")],
        },
        new("operation.get", ApiPermission.SignedIn, GetAsync)
        {
            Description = "returns what has become of a run of yours, waiting at most so many milliseconds for its end",
            Parameters = [Text("run"), Number("wait").Optional.Described("milliseconds, at most 30000")],
        },
        new("operation.cancel", ApiPermission.SignedIn, Cancel)
        {
            Description = "asks a run of yours to end and to take away what it made; those that cannot be are cancelled by their task, with task.cancel",
            Parameters = [Text("run")],
        },
    ];

    private ValueTask<ApiResult> Review(ApiCall call)
    {
        var (operation, on) = (Find(call), call.Find("id"));
        try
        {
            var obstacle = runner.Review(call.Requester, operation, on.Pool.Key(on.Object), Arguments(call));
            return ValueTask.FromResult<ApiResult>(new JsonObject
            {
                ["name"] = on.Pool.NameOf(on.Object),
                ["obstacle"] = obstacle,
                // From what the requester sees.
                ["losses"] = new JsonArray([.. operation.Losses(on.Pool, on.Object).Select(line => (JsonNode)line)]),
            });
        }
        catch (OperationRefusedException refused)
        {
            throw OperationErrors.Of(refused, operation, on.Pool, on.Object, call.Method.Name);
        }
    }

    private async ValueTask<ApiResult> StartAsync(ApiCall call)
    {
        var operation = Find(call);
        var run = await verbs.StartAsync(call, call.Find("id"), operation, Arguments(call));
        return Shape(call, run);
    }

    private async ValueTask<ApiResult> RunAsync(ApiCall call)
    {
        var (operation, on) = (Find(call), call.Find("id"));
        var run = await verbs.StartAsync(call, on, operation, Arguments(call));
        await verbs.EndAsync(call, on, run);
        return Shape(call, run);
    }

    private JsonObject Transfer(ApiCall call)
    {
        var (operation, on, session) = (Find(call), call.Find("id"), call.Session!);
        if (operation.Bytes == TransferDirection.None)
            throw new ApiException(ApiErrorCode.InvalidParameters, $"{operation.Name} neither sends nor takes bytes; call operation.start", new JsonObject { ["errors"] = new JsonArray() });
        try
        {
            var owner = new TransferOwner(call.Requester, token => sessions.IsGoodAsync(session, token), static _ => true);
            var address = desk.Offer(new(owner, operation, on.Pool.Key(on.Object), Arguments(call), (long?)call.Number("length")) { Begun = call.Caller.Begun });
            return new() { [operation.Bytes == TransferDirection.Out ? "from" : "to"] = address };
        }
        catch (OperationRefusedException refused)
        {
            throw OperationErrors.Of(refused, operation, on.Pool, on.Object, call.Method.Name);
        }
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var run = FindRun(call);
        if (call.Number("wait") is > 0 and var wait && Duration.OfMilliseconds(Math.Min(wait, LongestWait)) is { } patience)
            await Task.WhenAny(run.Completion, Task.Delay(patience, call.Closed));
        return Shape(call, run);
    }

    private ValueTask<ApiResult> Cancel(ApiCall call)
    {
        var run = FindRun(call);
        if (!run.IsCancellable)
            throw new ApiException(ApiErrorCode.IncorrectState, run.Result is null ? $"{run.Operation.Title} is cancelled by its task, with task.cancel." : "It has ended.",
                new JsonObject { ["expected"] = "cancellable", ["actual"] = run.Result is null ? "not cancellable" : "ended" });
        run.Cancel();
        return ValueTask.FromResult(ApiResult.Done);
    }

    private OperationRun FindRun(ApiCall call)
    {
        var number = call.Text("run");
        return runner.Recent.FirstOrDefault(one => OperationNumber.Of(one) == number && one.Requester.Actor.Id == call.Requester.Actor.Id) ?? throw ApiException.NoSuchObject(number, "run");
    }

    private Operation Find(ApiCall call) => catalogue.Find(call.Text("operation")) ?? throw ApiException.NoSuchObject(call.Text("operation"), "operation");

    private static JsonObject? Arguments(ApiCall call) => call.Value("arguments") is { } given ? (JsonObject?)ApiCall.Node(given) : null;

    private JsonObject Shape(ApiCall call, OperationRun run)
    {
        var (progress, result) = (run.Progress, run.Result);
        var shape = new JsonObject
        {
            ["run"] = OperationNumber.Of(run),
            ["operation"] = run.Operation.Name,
            ["id"] = run.Target.Uuid,
            ["name"] = run.TargetName,
            ["progress"] = Math.Round(progress, 3),
            ["end"] = result is null ? null : JsonNamingPolicy.CamelCase.ConvertName(result.End.ToString()),
        };
        if (run.Bytes is { } bytes)
            shape["bytes"] = bytes;
        if (run.IsCancellable)
            shape["cancellable"] = true;
        if (queue.Find(run.Number) is { Reason: { } reason } waiting)
            shape["waits"] = new JsonObject { ["position"] = waiting.Position, ["reason"] = WaitText.Of(reason, call.Objects) };
        if (result is null)
            return shape;
        shape["message"] = result.Message;
        if (result.Code is { } code)
            shape["code"] = code;
        if (result.Made is { } made)
            shape["made"] = made.Uuid;
        return shape;
    }
}
