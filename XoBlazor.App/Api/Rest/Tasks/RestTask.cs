using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Rest.Tasks;

/// <summary>Work that was asked for and goes on when whoever asked is gone. Safe from any thread.</summary>
internal sealed class RestTask : IApiCaller
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private ImmutableList<OperationRun> _runs = [];

    /// <param name="session">The task's own.</param>
    /// <param name="name">What is done, in the API's words.</param>
    /// <param name="about">The object that it is done to.</param>
    public RestTask(RestCall call, ApiSession session, string name, (string Id, string Type) about, TimeProvider time)
    {
        (Session, Name, About, _time) = (session, name, about, time);
        (Address, Program, Started) = (call.Address, call.Program, time.GetUtcNow());
        Updated = Started;
        Id = NewId(Started);
    }

    public string Id { get; }

    public string Name { get; }

    public (string Id, string Type) About { get; }

    public string Face => RestCall.FaceName;

    public ApiSession Session { get; }

    public IPAddress? Address { get; }

    public string? Program { get; }

    public DateTimeOffset Started { get; }

    public DateTimeOffset Updated { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    public DateTimeOffset? AbortionRequested { get; private set; }

    /// <summary>Why it failed; null when it did not, or not yet.</summary>
    public ApiException? Error { get; private set; }

    /// <summary>What it answered; null when it failed, or not yet.</summary>
    public JsonElement? Result { get; private set; }

    /// <summary>The operation under way, or the last one; null for none so far.</summary>
    public OperationRun? Run => _runs is [.., var last] ? last : null;

    /// <summary>Ends when the first host works on it, or when it has ended before.</summary>
    public Task Begins => Task.WhenAny(_begun.Task, _ended.Task);

    /// <summary>Ends with the work; never fails.</summary>
    public Task Ends => _ended.Task;

    ApiSession? IApiCaller.Session => Session;

    public void Begun(OperationRun run)
    {
        ImmutableInterlocked.Update(ref _runs, static (runs, run) => runs.Add(run), run);
        Updated = _time.GetUtcNow();
        _begun.TrySetResult();
    }

    public void Abort() => AbortionRequested = Updated = _time.GetUtcNow();

    public void End(JsonElement? result, ApiException? error)
    {
        (Result, Error) = (result, error);
        Ended = Updated = _time.GetUtcNow();
        _ended.TrySetResult();
    }

    /// <summary>As XO's REST API shows a task. What was sent is not told: it may hold secrets.</summary>
    public JsonObject Shape()
    {
        var shape = new JsonObject
        {
            ["id"] = Id,
            ["properties"] = new JsonObject
            {
                ["name"] = Name,
                ["type"] = "xo:rest-api:action",
                ["objectId"] = About.Id,
                ["objectType"] = About.Type,
                ["userId"] = Session.Requester.Actor.Id,
            },
            ["start"] = Started.ToUnixTimeMilliseconds(),
            ["status"] = Ended is null ? "pending" : Error is null ? "success" : "failure",
            ["updatedAt"] = Updated.ToUnixTimeMilliseconds(),
        };
        if (Run is { } run)
            shape["progress"] = Math.Round(run.Progress * 100);
        if (AbortionRequested is { } asked)
            shape["abortionRequestedAt"] = asked.ToUnixTimeMilliseconds();
        if (Ended is { } end)
            shape["end"] = end.ToUnixTimeMilliseconds();
        if (Error is { } error)
        {
            shape["result"] = new JsonObject { ["message"] = error.Message, ["code"] = error.Code, ["name"] = "XoError", ["data"] = error.Details?.DeepClone() };
        }
        else if (Result is { ValueKind: JsonValueKind.String } made)
        {
            shape["result"] = new JsonObject { ["id"] = made.GetString() };
        }
        return shape;
    }

    // Begins with the time, so that ids sort by age.
    private static string NewId(DateTimeOffset now)
    {
        const string digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var id = new StringBuilder();
        for (var rest = now.ToUnixTimeMilliseconds(); rest > 0; rest /= 36)
            id.Insert(0, digits[(int)(rest % 36)]);
        return $"0{id}-{RandomNumberGenerator.GetString(digits, 11)}";
    }
}
