using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations;

/// <summary>What the audit says of an operation.</summary>
internal static class OperationRecords
{
    private const int LongestValue = 2000;

    /// <summary>Its beginning or refusal: everything but the object's name and the outcome. Values of secret parameters are masked.</summary>
    public static AuditRecord Of(Requester requester, Operation operation, ObjectKey key, JsonObject? arguments) => new()
    {
        Category = AuditCategory.Operation,
        Action = operation.Name,
        Actor = new(requester.Actor.Id, requester.Actor.Name, requester.Actor.LimitedTo),
        Outcome = AuditOutcome.Begun,
        Address = requester.Address,
        Face = requester.Face,
        Target = new(XapiCodec.For(operation.Target).WireName, key.Pool, key.Uuid, ""),
        Parameters = [.. (arguments ?? []).Select(one => KeyValuePair.Create(one.Key, Shown(operation.Parameters, one.Key, one.Value)))],
    };

    /// <summary>What was given, with masks where the audit has them.</summary>
    public static JsonObject ArgumentsOf(Operation operation, JsonObject? arguments) => new((arguments ?? []).Select(one => KeyValuePair.Create(
        one.Key, operation.Parameters.FirstOrDefault(known => known.Name == one.Key) is { } parameter ? Masked(parameter, one.Value) : AuditRecord.Masked)));

    /// <summary>The end of a run.</summary>
    /// <param name="pool">The pool as it is now, which has what was made.</param>
    public static AuditRecord EndOf(OperationRun run, PoolPicture? pool, DateTimeOffset now) => new()
    {
        Category = AuditCategory.Operation,
        Action = run.Operation.Name,
        Actor = run.Record.Actor,
        Outcome = run.Result!.End switch
        {
            OperationEnd.Succeeded => AuditOutcome.Succeeded,
            OperationEnd.Failed => AuditOutcome.Failed,
            OperationEnd.Cancelled => AuditOutcome.Cancelled,
            OperationEnd.Unknown => AuditOutcome.Unknown,
        },
        Address = run.Requester.Address,
        Face = run.Requester.Face,
        Target = run.Record.Target,
        Made = run.Result.Made is { } made ? new(XapiCodec.For(run.Operation.Makes ?? run.Operation.Target).WireName, made.Pool, made.Uuid, pool?.GetByUuid(made.Uuid) is { } there ? pool.NameOf(there) : "") : null,
        Message = run.Result.End == OperationEnd.Succeeded ? null : run.Result.Message,
        Of = run.Number,
        Duration = now - run.Started,
        Task = run.Tasks.IsEmpty ? null : string.Join(' ', run.Tasks),
    };

    // A name that the operation does not know may be anything: it is refused, and its value is not written down.
    private static string Shown(IReadOnlyList<OperationParameter> known, string name, JsonNode? value) =>
        known.FirstOrDefault(one => one.Name == name) is not { } parameter || parameter.IsSecret ? AuditRecord.Masked
            : Masked(parameter, value) is not { } shown ? "null" : shown.GetValueKind() == JsonValueKind.String ? Cut(shown.GetValue<string>()) : Cut(shown.ToJsonString());

    private static JsonNode? Masked(OperationParameter parameter, JsonNode? value) => (parameter.IsSecret, value) switch
    {
        (true, _) => AuditRecord.Masked,
        (_, JsonArray items) when parameter.Item is { } item => new JsonArray([.. items.Select(one => Masked(item, one))]),
        (_, JsonObject map) when parameter.Item is { } item => new JsonObject(map.Select(one => KeyValuePair.Create(one.Key, Masked(item, one.Value)))),
        (_, JsonObject record) => new JsonObject(record.Select(one =>
            KeyValuePair.Create(one.Key, parameter.Fields.FirstOrDefault(field => field.Name == one.Key) is { } field ? Masked(field, one.Value) : AuditRecord.Masked))),
        (_, JsonArray) => AuditRecord.Masked,
        (_, JsonValue text) when parameter.Recorded is { } recorded => text.TryGetValue<string>(out var said) ? recorded(said) : AuditRecord.Masked,
        _ => value?.DeepClone(),
    };

    private static string Cut(string text) => text.Length > LongestValue ? text[..LongestValue] + "…" : text;
}
