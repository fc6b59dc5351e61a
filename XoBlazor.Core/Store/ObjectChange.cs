using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

public enum ChangeKind
{
    Added,
    Modified,
    Removed,
}

/// <summary>What became of one object in one batch. At least one of the two states is there; <see cref="Fields"/> tells which fields differ.</summary>
/// <param name="Before">The state that the batch replaced, or null for an object that is new.</param>
/// <param name="After">The state now, or null for an object that is gone.</param>
/// <param name="Fields">The fields that changed; all of them for an addition, none for a removal.</param>
public readonly record struct ObjectChange(XapiObject? Before, XapiObject? After, FieldSet Fields)
{
    public XapiObject Object => After ?? Before!;

    public ChangeKind Kind => Before is null ? ChangeKind.Added : After is null ? ChangeKind.Removed : ChangeKind.Modified;
}
