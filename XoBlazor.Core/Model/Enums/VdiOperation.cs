// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vdi_operations</c>.</summary>
public enum VdiOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Clone,
    Copy,
    Resize,
    ResizeOnline,
    Snapshot,
    Mirror,
    Destroy,
    Forget,
    Update,
    ForceUnlock,
    GenerateConfig,
    EnableCbt,
    DisableCbt,
    DataDestroy,
    ListChangedBlocks,
    SetOnBoot,
    Blocked,
    RevertTo,
    RevertFrom,
}
