// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>update_guidances</c>.</summary>
public enum UpdateGuidances
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    RebootHost,
    RebootHostOnLivepatchFailure,
    RebootHostOnKernelLivepatchFailure,
    RebootHostOnXenLivepatchFailure,
    RestartToolstack,
    RestartDeviceModel,
    RestartVm,
}
