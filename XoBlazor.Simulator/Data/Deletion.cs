namespace XoBlazor.Simulator.Data;

/// <summary>What is remembered of a deleted row.</summary>
internal readonly record struct Deletion(string Ref, long Created, long Deleted);
