using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>The <c>attach</c> marks that a VM's drives and interfaces bear while it starts; what stands in their way refuses the start.</summary>
internal sealed class DeviceMarks : IDisposable
{
    private readonly List<OperationMark> _marks = [];

    public static async Task<DeviceMarks> BeginAsync(CallContext call, DbObject vm, bool includesInterfaces)
    {
        var marks = new DeviceMarks();
        try
        {
            foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
                marks._marks.Add(await OperationMark.BeginAsync(call, vbd, "attach"));
            if (!includesInterfaces) return marks;
            foreach (var vif in vm.FollowAll("VIFs", "VIF"))
                marks._marks.Add(await OperationMark.BeginAsync(call, vif, "attach"));
            return marks;
        }
        catch
        {
            marks.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var mark in Enumerable.Reverse(_marks))
            mark.Dispose();
    }
}
