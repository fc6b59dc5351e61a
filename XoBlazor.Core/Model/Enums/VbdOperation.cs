// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vbd_operations</c>.</summary>
public enum VbdOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Attach,
    Eject,
    Insert,
    Plug,
    Unplug,
    UnplugForce,
    Pause,
    Unpause,
}
