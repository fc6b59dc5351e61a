// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vm_power_state</c>.</summary>
public enum VmPowerState
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Halted,
    Paused,
    Running,
    Suspended,
}
