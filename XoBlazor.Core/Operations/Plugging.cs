using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations;

/// <summary>What drives and network devices of VMs have in common: they are plugged into a VM that runs, unplugged, and taken off.</summary>
internal static class Plugging
{
    /// <summary>Why a device cannot be plugged or unplugged now.</summary>
    /// <param name="isAllowed">The host says so in the device's <c>allowed_operations</c>.</param>
    public static string? Obstacle(PoolPicture pool, XapiObject device, XenRef<Vm> of, bool isAttached, bool isAttachedWanted, bool isAllowed)
    {
        var (name, vm) = (pool.NameOf(device), pool.Get(of));
        return isAttached != isAttachedWanted ? $"{name} is {(isAttached ? "connected already" : "not connected")}."
            : vm is { PowerState: not VmPowerState.Running } ? $"{pool.NameOf(vm)} does not run; {name} is connected when it starts."
            : !isAllowed ? $"The host does not allow this for {name} at the moment; the guest may lack tools." : null;
    }

    /// <summary>Plugs a device that was made for a VM. A guest that does not take it now gets it at its next start, which is said.</summary>
    /// <param name="made">What there is already, and comes true at the next start: "It is attached, and".</param>
    public static async Task PlugOrNoteAsync<T>(OperationWork work, Vm vm, XenRef<T> device, string made) where T : XapiObject
    {
        if (vm.PowerState != VmPowerState.Running)
            return;
        try
        {
            await work.RunAsync($"{WireName<T>()}.plug", XapiValue.Ref(device));
        }
        catch (XapiFailureException failure)
        {
            work.Note($"{made} will be connected when {work.Pool.NameOf(vm)} starts next: {XapiErrorText.Of(failure.Code, failure.Parameters, _ => null)}");
        }
    }

    /// <summary>Unplugs a device where it is plugged, and takes it off its VM.</summary>
    public static async Task TakeOffAsync<T>(OperationWork work, T device, bool isAttached) where T : XapiObject
    {
        if (isAttached)
            await work.RunAsync($"{WireName<T>()}.unplug", device.Ref);
        await work.CallAsync($"{WireName<T>()}.destroy", device.Ref);
    }

    private static string WireName<T>() where T : XapiObject => XapiCodec.For(ClassOf<T>.Value).WireName;
}
