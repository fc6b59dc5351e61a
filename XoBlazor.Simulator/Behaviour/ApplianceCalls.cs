using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>vApps: their VMs start in the order of their numbers and stop in the opposite one, those of one number together.</summary>
internal static class ApplianceCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("VM_appliance.start", (Func<CallContext, Task>)(call => RunAsync(call, "VM.start", "Halted", isReversed: false)));
        calls.RegisterAsync("VM_appliance.clean_shutdown", (Func<CallContext, Task>)(call => RunAsync(call, "VM.clean_shutdown", "Running", isReversed: true)));
        calls.RegisterAsync("VM_appliance.hard_shutdown", (Func<CallContext, Task>)(call => RunAsync(call, "VM.hard_shutdown", "Running", isReversed: true)));
        calls.RegisterAsync("VM_appliance.shutdown", (Func<CallContext, Task>)(call => RunAsync(call, "VM.shutdown", "Running", isReversed: true)));
    }

    /// <summary>Each VM through its own call, under the caller's session; VMs that are already there are left alone.</summary>
    private static async Task RunAsync(CallContext call, string method, string from, bool isReversed)
    {
        var appliance = call.Object("self");
        var vms = appliance.FollowAll("VMs", "VM").Where(vm => vm.Text("power_state") == from).ToList();
        var groups = vms.GroupBy(vm => vm.Int("order")).OrderBy(group => isReversed ? -group.Key : group.Key).ToList();
        for (var number = 0; number < groups.Count; number++)
        {
            var answers = await Task.WhenAll(groups[number].Select(vm => CallAsync(call, method, vm)));
            if (answers.Select(answer => answer.Failure).FirstOrDefault(failure => failure is not null) is { } failed) throw failed;
            call.Progress((number + 1.0) / groups.Count);
        }
    }

    private static Task<RpcAnswer> CallAsync(CallContext call, string method, DbObject vm)
    {
        XapiValue[] given = method == "VM.start" ? [call.Session!, vm.Ref, call.Bool("paused"), false] : [call.Session!, vm.Ref];
        return call.Pool.Dispatcher.CallAsync(new RpcRequest(method, given), call.HostRef);
    }
}
