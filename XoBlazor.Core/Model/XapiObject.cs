namespace XoBlazor.Core.Model;

/// <summary>
/// One object as XAPI last described it: immutable, shared by every reader, replaced as a whole when it changes.
/// A field that the host's version of XAPI does not know has its type's zero value.
/// </summary>
public abstract record XapiObject
{
    /// <summary>The opaque reference, the object's key within its pool; empty for values that are no objects (such as <see cref="DataSource"/>).</summary>
    public string Ref { get; init; } = "";

    /// <summary>The identity that survives restarts. Default templates repeat their uuids across pools, so only with the pool's uuid it is a key.</summary>
    public string Uuid { get; init; } = "";

    public abstract XapiClass Class { get; }
}
