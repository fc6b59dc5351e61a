namespace XoBlazor.Core.Store;

/// <summary>
/// The lasting identity of an object: its pool's uuid and its own. What stands in URLs, the journal, grants and APIs; never the opaque
/// reference. Default templates repeat their uuids across pools, so only the pair is a key.
/// </summary>
public readonly record struct ObjectKey(string Pool, string Uuid)
{
    public override string ToString() => $"{Pool}/{Uuid}";
}
