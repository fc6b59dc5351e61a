using System.Diagnostics.CodeAnalysis;

namespace XoBlazor.Core.Model;

/// <summary>
/// The opaque reference by which XAPI names an object of class <typeparamref name="T"/> within one pool
/// (<c>OpaqueRef:…</c>). Valid only inside that pool and, for tasks and sessions, only while the toolstack runs:
/// what outlives a connection (URLs, grants, the journal) names objects by uuid instead.
/// </summary>
[SuppressMessage("Design", "CA1000", Justification = "Null belongs to the type of reference.")]
public readonly record struct XenRef<T>(string? Value) where T : XapiObject
{
    /// <summary>The reference to nothing; on the wire <c>OpaqueRef:NULL</c>, and in old databases an empty text or an unresolved <c>Ref:12</c>.</summary>
    public static XenRef<T> Null => default;

    public bool IsNull => Value is null;

    public override string ToString() => Value ?? XenRefText.Null;
}

/// <summary>The wire's spelling of references.</summary>
public static class XenRefText
{
    public const string Null = "OpaqueRef:NULL";

    /// <summary>True for a text that names an object: not empty, not the null reference, not an import leftover.</summary>
    public static bool NamesObject(ReadOnlySpan<char> text) =>
        text.StartsWith("OpaqueRef:", StringComparison.Ordinal) && !text.SequenceEqual(Null);
}
