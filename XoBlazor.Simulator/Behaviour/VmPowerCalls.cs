using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Starting, stopping, pausing and suspending VMs.</summary>
internal static class VmPowerCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("VM.start", call => StartAsync(call, null));
        calls.RegisterAsync("VM.start_on", call => StartAsync(call, call.Object("host")));
        calls.RegisterAsync("VM.resume", call => ResumeAsync(call, null));
        calls.RegisterAsync("VM.resume_on", call => ResumeAsync(call, call.Object("host")));
        calls.RegisterAsync("VM.clean_shutdown", (Func<CallContext, Task>)(call => ShutDownAsync(call, "clean_shutdown", Effort.CleanShutdown, "shutdown")));
        calls.RegisterAsync("VM.shutdown", (Func<CallContext, Task>)(call => ShutDownAsync(call, "shutdown", Effort.CleanShutdown, "shutdown")));
        calls.RegisterAsync("VM.hard_shutdown", (Func<CallContext, Task>)(call => ShutDownAsync(call, "hard_shutdown", Effort.HardShutdown, "shutdown forcibly")));
        calls.RegisterAsync("VM.clean_reboot", (Func<CallContext, Task>)(call => RebootAsync(call, "clean_reboot", Effort.CleanReboot, "rebooted cleanly")));
        calls.RegisterAsync("VM.hard_reboot", (Func<CallContext, Task>)(call => RebootAsync(call, "hard_reboot", Effort.HardReboot, "rebooted forcibly")));
        calls.RegisterAsync("VM.pause", (Func<CallContext, Task>)(call => PauseAsync(call, "pause", "Paused", "VM_PAUSED", "paused")));
        calls.RegisterAsync("VM.unpause", (Func<CallContext, Task>)(call => PauseAsync(call, "unpause", "Running", "VM_UNPAUSED", "unpaused")));
        calls.RegisterAsync("VM.suspend", (Func<CallContext, Task>)SuspendAsync);
        calls.Register("VM.power_state_reset", ResetPowerState);
        calls.Register("VM.assert_can_boot_here", call =>
        {
            if (Placement.WhyNot(call.Object("self"), call.Object("host")) is { } reason) throw reason;
        });
        calls.Register("VM.get_possible_hosts", call => XapiValue.SetOf(Placement.PossibleHosts(call.Object("vm")).Select(host => host.Ref)));
        calls.Register("VM.assert_operation_valid", call => AllowedOperations.Assert(call.Object("self"), call.Text("op")));
        calls.Register("VM.update_allowed_operations", call => AllowedOperations.Update(call.Object("self")));
    }

    private static async Task<XapiValue> StartAsync(CallContext call, DbObject? wanted)
    {
        var vm = call.Object("vm");
        using (var mark = await OperationMark.BeginAsync(call, vm, wanted is null ? "start" : "start_on"))
        using (var devices = await DeviceMarks.BeginAsync(call, vm, includesInterfaces: true))
        {
            var host = wanted ?? Placement.Choose(vm);
            if (wanted is not null && Placement.WhyNot(vm, host) is { } reason) throw reason;
            using var hostMark = await OperationMark.BeginAsync(call, host, "vm_start");
            if (call.Task is { Exists: true } task) task["resident_on"] = host.Ref;
            VmDomain.Prepare(vm, host);
            Guest.Replace(vm, null);
            VmDomain.AttachDevices(vm);
            try
            {
                await call.WorkAsync(Effort.Start, upTo: 0.77);
            }
            catch
            {
                VmDomain.ForceHalted(vm);
                throw;
            }

            var isPaused = call.Bool("start_paused");
            VmDomain.Arrive(call, vm, host, isPaused ? "Paused" : "Running");
            if (!isPaused) Guest.Boot(call, vm);
            VmDomain.Settle(call, vm, host);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        var resident = vm.Follow("resident_on", "host");
        Notices.Post(call.Pool, "VM_STARTED", vm, $"started on host: {resident?.Text("name_label")} (uuid: {resident?.Uuid})");
        return XapiValue.EmptyText;
    }

    private static async Task<XapiValue> ResumeAsync(CallContext call, DbObject? wanted)
    {
        var vm = call.Object("vm");
        using (var mark = await OperationMark.BeginAsync(call, vm, wanted is null ? "resume" : "resume_on"))
        using (var devices = await DeviceMarks.BeginAsync(call, vm, includesInterfaces: false))
        {
            if (vm.Follow("suspend_VDI", "VDI") is not { } image)
            {
                VmDomain.ForceHalted(vm);
                throw new XapiException("VM_HAS_NO_SUSPEND_VDI", "VM", vm.Ref);
            }

            var host = wanted ?? Placement.Choose(vm);
            using var hostMark = await OperationMark.BeginAsync(call, host, "vm_resume");
            vm["scheduled_to_be_resident_on"] = host.Ref;
            await call.WorkAsync(Effort.Resume, upTo: 0.9);
            VmDomain.Arrive(call, vm, host, call.Bool("start_paused") ? "Paused" : "Running");
            VmDomain.Settle(call, vm, host);
            vm["suspend_VDI"] = XapiValue.NullRef;
            Disks.Remove(image);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        Notices.Post(call.Pool, "VM_RESUMED", vm, $"resumed on host: {vm.Follow("resident_on", "host")?.Text("name_label")}");
        return XapiValue.EmptyText;
    }

    private static async Task ShutDownAsync(CallContext call, string operation, double effort, string how)
    {
        var vm = call.Object("vm");
        var isSuspended = vm.Text("power_state") == "Suspended";
        if (operation != "clean_shutdown") CancelOthers(call, vm);
        using (await OperationMark.BeginAsync(call, vm, operation))
        {
            OnItsHost(call, vm);
            vm["ha_always_run"] = false;
            await call.WorkAsync(effort, upTo: 0.9);
            if (operation == "clean_shutdown") Guest.AssertAnswers(vm);
            if (operation != "hard_shutdown") DetachDisks(vm);
            VmDomain.ForceHalted(vm);
            AllowedOperations.UpdateInterfacesAndDisksOf(vm);
            VmDomain.ForgetFigures(vm);
            if (isSuspended && vm.Follow("suspend_VDI", "VDI") is { } image)
            {
                vm["suspend_VDI"] = XapiValue.NullRef;
                Disks.Remove(image);
            }

            AllowedOperations.UpdateDevicesOf(vm);
        }

        Notices.Post(call.Pool, "VM_SHUTDOWN", vm, how);
    }

    private static async Task RebootAsync(CallContext call, string operation, double effort, string how)
    {
        var vm = call.Object("vm");
        if (operation == "hard_reboot") CancelOthers(call, vm);
        using (await OperationMark.BeginAsync(call, vm, operation))
        using (await DeviceMarks.BeginAsync(call, vm, includesInterfaces: true))
        {
            OnItsHost(call, vm);
            await call.WorkAsync(effort, upTo: 0.9);
            if (operation == "clean_reboot") Guest.AssertAnswers(vm);
            vm["power_state"] = "Running";
            VmDomain.Rebuild(call, vm);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        Notices.Post(call.Pool, "VM_REBOOTED", vm, how);
    }

    private static async Task PauseAsync(CallContext call, string operation, string state, string message, string what)
    {
        var vm = call.Object("vm");
        using (await OperationMark.BeginAsync(call, vm, operation))
        {
            OnItsHost(call, vm);
            await call.WorkAsync(Effort.Pause);
            vm["power_state"] = state;
            AllowedOperations.Update(vm);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        Notices.Post(call.Pool, message, vm, what);
    }

    private static async Task SuspendAsync(CallContext call)
    {
        var vm = call.Object("vm");
        using (await OperationMark.BeginAsync(call, vm, "suspend"))
        {
            OnItsHost(call, vm);
            vm["ha_always_run"] = false;
            SuspendImage.Create(call, vm);
            await call.WorkAsync(Effort.Suspend, upTo: 0.9);
            vm["power_state"] = "Suspended";
            VmDomain.Leave(vm);
            VmDomain.ForgetFigures(vm);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        Notices.Post(call.Pool, "VM_SUSPENDED", vm, "suspended");
    }

    private static void ResetPowerState(CallContext call)
    {
        var vm = call.Object("vm");
        if (vm.Bool("is_control_domain")) throw new XapiException("CANNOT_RESET_CONTROL_DOMAIN", vm.Ref);
        if (vm.Follow("resident_on", "host") is { } host && HostOperations.IsLive(host)) throw new XapiException("HOST_IS_LIVE", host.Ref);
        VmDomain.ForceHalted(vm);
        VmDomain.ForgetFigures(vm);
        AllowedOperations.Update(vm);
        AllowedOperations.UpdateDevicesOf(vm);
    }

    /// <summary>A VM that runs is worked on by its own host, and so the task says.</summary>
    private static void OnItsHost(CallContext call, DbObject vm)
    {
        if (call.Task is { Exists: true } task && vm.Follow("resident_on", "host") is { } host) task["resident_on"] = host.Ref;
    }

    /// <summary>The guest lets go of its disks before its domain ends.</summary>
    private static void DetachDisks(DbObject vm)
    {
        foreach (var vbd in vm.FollowAll("VBDs", "VBD").Where(vbd => vbd.Text("type") == "Disk"))
        {
            vbd["currently_attached"] = false;
            AllowedOperations.Update(vbd);
        }
    }

    /// <summary>A hard end does not wait for gentler ones: their tasks are asked to give up.</summary>
    private static void CancelOthers(CallContext call, DbObject vm)
    {
        foreach (var (task, operation) in vm["current_operations"].AsMap.Entries)
        {
            if (operation.AsText is not ("clean_shutdown" or "clean_reboot" or "hard_reboot" or "pool_migrate" or "call_plugin" or "shutdown" or "suspend")) continue;
            if (call.Db.Exists("task", task)) call.Db.Get("task", task).AddToMap("current_operations", call.TaskRef, "cancel");
        }
    }
}
