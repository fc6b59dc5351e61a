using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.Transfers;

/// <summary>An operation that waits for somebody to fetch its bytes, or to send them.</summary>
/// <param name="Length">Of what will be sent, in bytes; null when that is not known.</param>
public sealed record TransferOffer(TransferOwner Owner, Operation Operation, ObjectKey Target, JsonObject? Arguments, long? Length = null)
{
    /// <summary>It was begun. On any thread.</summary>
    public Action<OperationRun>? Begun { get; init; }

    /// <summary>It could not be begun after all, for this reason. On any thread.</summary>
    public Action<string>? Refused { get; init; }
}
