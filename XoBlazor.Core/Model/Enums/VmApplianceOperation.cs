// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vm_appliance_operation</c>.</summary>
public enum VmApplianceOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Start,
    CleanShutdown,
    HardShutdown,
    Shutdown,
}
