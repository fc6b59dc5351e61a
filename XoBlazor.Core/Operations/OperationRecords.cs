using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations;

/// <summary>What the audit says of an operation.</summary>
internal static class OperationRecords
{
    /// <summary>Its beginning or refusal: everything but the object's name and the outcome. Values of secret parameters are masked.</summary>
    public static AuditRecord Of(Requester requester, Operation operation, ObjectKey key, IReadOnlyDictionary<string, string>? arguments) => new()
    {
        Category = AuditCategory.Operation,
        Action = operation.Name,
        Actor = new(requester.Actor.Id, requester.Actor.Name, requester.Actor.LimitedTo),
        Outcome = AuditOutcome.Begun,
        Address = requester.Address,
        Face = requester.Face,
        Target = new(XapiCodec.For(operation.Target).WireName, key.Pool, key.Uuid, ""),
        Parameters = [.. (arguments ?? new Dictionary<string, string>()).Select(one => KeyValuePair.Create(one.Key, IsSecret(operation, one.Key) ? AuditRecord.Masked : one.Value))],
    };

    /// <summary>The end of a run.</summary>
    public static AuditRecord EndOf(OperationRun run, DateTimeOffset now) => new()
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
        Message = run.Result.End == OperationEnd.Succeeded ? null : run.Result.Message,
        Of = run.Number,
        Duration = now - run.Started,
        Task = run.Task.IsNull ? null : run.Task.ToString(),
    };

    // A name that the operation does not know may be anything: it is refused, and its value is not written down.
    private static bool IsSecret(Operation operation, string parameter) =>
        operation.Parameters.FirstOrDefault(one => one.Name == parameter) is not { IsSecret: false };
}
