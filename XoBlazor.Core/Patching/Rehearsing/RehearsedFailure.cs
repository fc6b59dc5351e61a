namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>What a failure at a step would leave, until somebody retries, skips or cancels.</summary>
public sealed record RehearsedFailure(string Step, string Leaves);
