using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// The networks that the devices of a copy are on: what was chosen for each or for all; in its own pool the one it is on, in another pool the one of the same name, if
/// there is exactly one. All are known, and may be used, before the first byte: hosts would take any network that resembles the old one, or make it.
/// </summary>
internal static class NetworkChoice
{
    private const string One = "network";
    private const string Each = "mapVifsNetworks";

    public static OperationParameter[] Parameters =>
    [
        Anywhere(One, "Network") with { Description = "For all network devices that get none of their own below. Left empty, each is on the network that is called the same there." },
        OperationParameter.Map(Each, "Networks of single devices", Anywhere("network", "Network")) with { KeyTitle = "Network device (uuid)", IsAdvanced = true },
    ];

    /// <summary>For each device of the VM the network that its copy will be on; null where nobody said and nothing suits.</summary>
    public static IEnumerable<(Vif Device, Network? Network)> For(PoolPicture pool, Vm vm, PoolPicture there, OperationArguments given)
    {
        var (all, each) = (given.Anywhere(One), given.Map<Located<XapiObject>>(Each));
        foreach (var (device, present) in pool.NetworkDevicesOf(vm))
            yield return (device, (each.TryGetValue(device.Uuid, out var own) ? own : all) is { } chosen ? chosen.Object as Network
                : pool.Uuid == there.Uuid ? present
                : present is not null && there.All<Network>().Where(one => one.NameLabel == present.NameLabel).Take(2).ToList() is [var same] ? same : null);
    }

    /// <summary>Whether somebody chose any.</summary>
    public static bool IsGiven(OperationArguments given) => given.Anywhere(One) is not null || given.Map<Located<XapiObject>>(Each).Count > 0;

    public static string? Obstacle(PoolPicture pool, Vm vm, PoolPicture there, OperationArguments given)
    {
        var each = given.Map<Located<XapiObject>>(Each);
        if (each.Keys.FirstOrDefault(key => pool.NetworkDevicesOf(vm).All(device => device.Vif.Uuid != key)) is { } stranger)
            return $"{pool.NameOf(vm)} has no network device {ForeignText.Shown(stranger)}.";
        if (each.Values.Append(given.Anywhere(One) ?? default).Any(one => one.Pool is not null && one.Pool.Uuid != there.Uuid))
            return $"The networks have to be of the pool that the storage is of, {there.Name()}.";
        foreach (var (device, network) in For(pool, vm, there, given))
            if (network is null)
                return $"{there.Name()} has no network that is called as the one that {pool.NameOf(device)} is on. Choose one for it.";
        return null;
    }

    private static OperationParameter Anywhere(string name, string title) => OperationParameter.Object<Network>(name, title, UseRights.Network) with { IsAnywhere = true };
}
