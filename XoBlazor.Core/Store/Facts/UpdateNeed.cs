namespace XoBlazor.Core.Store.Facts;

/// <summary>What has to be done before an update that is installed does its work; the first is the heaviest and includes the others.</summary>
public enum UpdateNeed
{
    RebootHost,
    RestartToolstack,
    RestartVms,
    RestartDeviceModels,
}
