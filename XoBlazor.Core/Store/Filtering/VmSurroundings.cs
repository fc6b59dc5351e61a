using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// Where a bare word is looked for around a VM: the addresses and the operating system that its guest reports, and its host's name.
/// One look at each neighbour, because this is asked of every VM with every key that is pressed.
/// </summary>
internal sealed class VmSurroundings() : FilterProperty("", FilterValueKind.List)
{
    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        var vm = (Vm)value;
        if (pool.Get(vm.ResidentOn) is { } host && test.Text(host.NameLabel))
            return true;
        if (pool.Get(vm.GuestMetrics) is not { } guest)
            return false;
        foreach (var (_, address) in guest.Networks.Entries)
            if (test.Text(address))
                return true;
        return guest.OsVersion.TryGetValue("name", out var os) && test.Text(os);
    }
}
