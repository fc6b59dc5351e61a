// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>host_allowed_operations</c>.</summary>
public enum HostOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Provision,
    Evacuate,
    Shutdown,
    Reboot,
    PowerOn,
    VmStart,
    VmResume,
    VmMigrate,
    ApplyUpdates,
    Enable,
}
