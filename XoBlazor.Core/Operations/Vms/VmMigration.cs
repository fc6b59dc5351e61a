using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>A VM to another host of its pool, to other storage, or both at once.</summary>
internal static class VmMigration
{
    public static async Task RunAsync(OperationWork work, Vm vm)
    {
        var host = work.Arguments.Object<Host>("targetHost")!;
        var network = work.Arguments.Object<Network>("migrationNetwork");
        var disks = Moves(work.Pool, vm, work.Arguments);
        if (disks.Count == 0)
        {
            var options = new Dictionary<string, string> { ["live"] = "true" };
            if (network is not null)
                options["network"] = network.Ref;
            await work.RunAsync("VM.pool_migrate", vm.Ref, host.Ref, options);
            return;
        }

        var way = network?.Ref ?? ManagementNetwork(work.Pool, host)
            ?? throw new OperationFailedException($"{work.Pool.NameOf(host)} has no management network to receive over.");
        var ticket = await work.Connection.CallTextMapAsync("host.migrate_receive", [host.Ref, way, new Dictionary<string, string>()], work.Token);
        await work.RunAsync("VM.migrate_send", vm.Ref, ticket, true, disks, new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());
    }

    public static string? HostObstacle(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var host = (Host)candidate;
        return !pool.IsHostLive(host) ? $"{pool.NameOf(host)} is down." : !host.Enabled ? $"{pool.NameOf(host)} is in maintenance." : null;
    }

    public static string? Obstacle(PoolPicture pool, Vm vm, OperationArguments arguments)
    {
        foreach (var (disk, _) in arguments.Map<Sr>("mapVdisSrs"))
            if (!pool.DisksOf(vm).Any(own => own.Vdi?.Uuid == disk || own.Vdi?.Ref == disk))
                return $"{pool.NameOf(vm)} has no disk {ForeignText.Shown(disk)}.";
        if (Moves(pool, vm, arguments).Count > 0)
            return VmObstacles.To(VmOperation.MigrateSend, vm);
        var host = arguments.Object<Host>("targetHost")!;
        return VmObstacles.To(VmOperation.PoolMigrate, vm) ?? HostSuitability.ToMove(pool, vm, host);
    }

    /// <summary>The disks that go elsewhere, by reference.</summary>
    private static Dictionary<string, string> Moves(PoolPicture pool, Vm vm, OperationArguments arguments)
    {
        var (all, single) = (arguments.Object<Sr>("sr"), arguments.Map<Sr>("mapVdisSrs"));
        var moves = new Dictionary<string, string>();
        if (all is null && single.Count == 0)
            return moves;
        foreach (var disk in pool.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk && disk.Vdi is not null).Select(disk => disk.Vdi!))
        {
            var to = single.GetValueOrDefault(disk.Uuid) ?? single.GetValueOrDefault(disk.Ref) ?? all;
            // The host is told of every disk, also of those that stay.
            moves[disk.Ref] = to?.Ref ?? disk.Sr.ToString();
        }

        return moves.Any(move => pool.Get(move.Key) is Vdi disk && disk.Sr.Value != move.Value) ? moves : [];
    }

    private static string? ManagementNetwork(PoolPicture pool, Host host) => pool.Get(host.Pifs).FirstOrDefault(pif => pif.Management)?.Network.Value;
}
