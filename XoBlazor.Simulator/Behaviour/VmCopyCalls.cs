using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>VMs that come from other VMs: snapshots, checkpoints, clones, copies, and what is made of templates.</summary>
internal static class VmCopyCalls
{
    private static readonly HashSet<string> s_none = [];

    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("VM.snapshot", call => SnapshotAsync(call));
        calls.RegisterAsync("VM.checkpoint", call => CheckpointAsync(call));
        calls.RegisterAsync("VM.clone", call => CloneAsync(call, "clone", CopyKind.Clone, null));
        calls.RegisterAsync("VM.copy", call => CloneAsync(call, "copy", CopyKind.FullCopy, Target(call)));
        calls.RegisterAsync("VM.provision", (Func<CallContext, Task>)Provisioning.RunAsync);
        calls.RegisterAsync("VM.revert", (Func<CallContext, Task>)Reverting.RunAsync);
        calls.RegisterAsync("VM.snapshot_with_quiesce", (Func<CallContext, Task>)(call => throw new XapiException("VM_SNAPSHOT_WITH_QUIESCE_NOT_SUPPORTED", call.Text("vm"))));
    }

    private static async Task<XapiValue> SnapshotAsync(CallContext call)
    {
        var vm = call.Object("vm");
        var ignored = call["ignore_vdis"].AsTexts.ToHashSet();
        DbObject snapshot;
        using (await OperationMark.BeginAsync(call, vm, "snapshot"))
        {
            OnItsHost(call, vm);
            snapshot = await new VmCopies(call, vm, CopyKind.Snapshot).MakeAsync(call.Text("new_name"), null, ignored);
            AllowedOperations.Update(snapshot);
        }

        Notices.Post(call.Pool, "VM_SNAPSHOTTED", vm, $"snapshotted, snapshot name: {call.Text("new_name")}");
        return snapshot.Ref;
    }

    private static async Task<XapiValue> CheckpointAsync(CallContext call)
    {
        var vm = call.Object("vm");
        DbObject checkpoint;
        using (await OperationMark.BeginAsync(call, vm, "checkpoint"))
        {
            OnItsHost(call, vm);
            var wasRunning = vm.Text("power_state") == "Running";
            if (wasRunning)
            {
                SuspendImage.Create(call, vm);
                await call.WorkAsync(Effort.Suspend, upTo: 0.3);
                vm["power_state"] = "Suspended";
            }

            checkpoint = await new VmCopies(call, vm, CopyKind.Checkpoint).MakeAsync(call.Text("new_name"), null, s_none);
            if (vm.Follow("suspend_VDI", "VDI") is { } image)
            {
                checkpoint["suspend_VDI"] = (await Disks.BranchAsync(call, image, "clone", call.TaskRef)).Ref;
                if (wasRunning)
                {
                    await Effort.SpendAsync(call, Effort.Resume);
                    vm["power_state"] = "Running";
                    vm["suspend_VDI"] = XapiValue.NullRef;
                    Disks.Remove(image);
                }
            }

            AllowedOperations.Update(checkpoint);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        Notices.Post(call.Pool, "VM_CHECKPOINTED", vm, $"checkpointed, checkpoint name: {call.Text("new_name")}");
        return checkpoint.Ref;
    }

    private static async Task<XapiValue> CloneAsync(CallContext call, string operation, CopyKind kind, DbObject? sr)
    {
        var vm = call.Object("vm");
        DbObject clone;
        using (await OperationMark.BeginAsync(call, vm, operation))
        {
            clone = await new VmCopies(call, vm, kind).MakeAsync(call.Text("new_name"), sr, s_none);
        }

        AllowedOperations.Update(clone);
        return clone.Ref;
    }

    private static DbObject? Target(CallContext call)
    {
        if (!call.Db.Exists("SR", call.Text("sr"))) return null;
        var sr = call.Object("sr");
        return sr.Text("content_type") == "iso" ? throw new XapiException("OPERATION_NOT_ALLOWED", "Cannot copy a VM to an ISO SR") : sr;
    }

    private static void OnItsHost(CallContext call, DbObject vm)
    {
        if (call.Task is { Exists: true } task && vm.Follow("resident_on", "host") is { } host) task["resident_on"] = host.Ref;
    }
}
