namespace XoBlazor.Core.Store.Facts;

/// <summary>Bytes of a host's memory. All zero while nobody knows.</summary>
public readonly record struct MemoryUse(long Total, long Free)
{
    public long Used => Total - Free;
}
