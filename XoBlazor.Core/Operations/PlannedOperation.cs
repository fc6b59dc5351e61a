using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>An operation that is about to begin.</summary>
/// <param name="TargetName">The object's name now.</param>
/// <param name="Arguments">What was given, as far as it may be shown: secrets are masked. Not to be changed.</param>
public sealed record PlannedOperation(Operation Operation, ObjectKey Target, string TargetName, Requester Requester, JsonObject Arguments);
