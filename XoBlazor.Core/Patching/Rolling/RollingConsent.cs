using XoBlazor.Core.Patching.Rehearsing;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>Which VMs may be shut down for their host's turn.</summary>
internal static class RollingConsent
{
    public static bool Covers(RollingRequest request, HostBlock block) =>
        request.MayShutDown.Contains(block.Vm.Uuid) || (request.ShutsDownPinned && block.Reason == BlockReason.PinnedDevice);
}
