// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>storage_operations</c>.</summary>
public enum SrOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Scan,
    Destroy,
    Forget,
    Plug,
    Unplug,
    Update,
    VdiCreate,
    VdiIntroduce,
    VdiDestroy,
    VdiResize,
    VdiClone,
    VdiSnapshot,
    VdiMirror,
    VdiEnableCbt,
    VdiDisableCbt,
    VdiDataDestroy,
    VdiListChangedBlocks,
    VdiSetOnBoot,
    VdiBlocked,
    VdiCopy,
    VdiForceUnlock,
    VdiForget,
    VdiGenerateConfig,
    VdiResizeOnline,
    VdiUpdate,
    VdiRevert,
    PbdCreate,
    PbdDestroy,
}
