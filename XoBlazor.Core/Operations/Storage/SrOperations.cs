using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>The verbs of storage and of its connections to hosts.</summary>
public static class SrOperations
{
    private static readonly Right s_connect = new("pbd.connect", "Connect storage to hosts", RightLevel.Administer);

    public static Operation Scan { get; } = new OperationOn<Sr>("sr.scan", new("sr.scan", "Scan storage", RightLevel.Operate), (work, sr) => work.RunAsync("SR.scan", sr.Ref))
    {
        Title = "Scan",
        Progressive = "Scanning",
        Description = "Looks what is on the storage now.",
        Unless = (pool, sr) => pool.HostsOf(sr).Any() ? null : $"{pool.NameOf(sr)} is not connected to any host.",
    };

    public static Operation Edit { get; } = new EditOperation<Sr>("sr.set", new("sr.edit", "Change storage", RightLevel.Administer),
        Edit<Sr>.Text("name_label", "Name", "SR.set_name_label", sr => sr.NameLabel),
        Edit<Sr>.Text("name_description", "Description", "SR.set_name_description", sr => sr.NameDescription, longest: 4096))
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the storage's name and description.",
    };

    public static Operation SetDefault { get; } = new OperationOn<Sr>("sr.set_default", new("pool.set_default_sr", "Choose a pool's default storage", RightLevel.Administer),
        (work, sr) => work.CallAsync("pool.set_default_SR", work.Pool.Pool!.Ref, sr.Ref))
    {
        Title = "Make it the default",
        Progressive = "Making it the default",
        Description = "Disks go here where nobody says where.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (pool, sr) => pool.Pool?.DefaultSr.Value == sr.Ref ? $"{pool.NameOf(sr)} is the default." : StorageParameters.NotForDisks(pool, sr, sr),
        Needs = (pool, _, _) => pool.Pool is { } own ? [new(Pools.PoolOperations.EditRight, own)] : [],
    };

    public static Operation ConnectAll { get; } = new OperationOn<Sr>("sr.connect_all", s_connect, ConnectAllAsync)
    {
        Title = "Connect to all hosts",
        Progressive = "Connecting",
        Description = "Connects the storage to every host that knows a way to it.",
        Unless = (pool, sr) => Links(pool, sr).All(link => link.CurrentlyAttached) ? $"{pool.NameOf(sr)} is connected everywhere." : null,
    };

    public static Operation DisconnectAll { get; } = new OperationOn<Sr>("sr.disconnect_all", s_connect, DisconnectAllAsync)
    {
        Title = "Disconnect from all hosts",
        Progressive = "Disconnecting",
        Description = "Takes the storage from every host; what is on it stays.",
        Confirmation = Confirmation.Ask,
        Consequence = "Its disks cannot be used until it is connected again.",
        Unless = (pool, sr) => !Links(pool, sr).Any(link => link.CurrentlyAttached) ? $"{pool.NameOf(sr)} is not connected." : InUse(pool, sr),
    };

    public static Operation Forget { get; } = new OperationOn<Sr>("sr.forget", new("sr.forget", "Forget storage", RightLevel.Administer), ForgetAsync)
    {
        Title = "Forget",
        Progressive = "Forgetting",
        Description = "Takes the storage out of the pool's books; what is on it stays there.",
        Confirmation = Confirmation.TypeName,
        Consequence = "VMs lose their disks on it, and the names and snapshots of the disks are no longer known.",
        Group = OperationGroup.Delete,
        Unless = InUse,
        Loses = (pool, sr) => pool.DisksIn(sr).Where(disk => disk.Managed).Select(disk => $"disk {pool.NameOf(disk)}"),
    };

    public static Operation Destroy { get; } = new OperationOn<Sr>("sr.destroy", new("sr.destroy", "Destroy storage", RightLevel.Administer), DestroyAsync)
    {
        Title = "Destroy",
        Progressive = "Destroying",
        Description = "Deletes the storage with all that is on it.",
        Confirmation = Confirmation.TypeName,
        Consequence = "There is no way back: everything on it is gone.",
        Group = OperationGroup.Delete,
        SuitsMany = false,
        Unless = (pool, sr) => pool.DisksIn(sr).Any(disk => disk.Managed) ? $"{pool.NameOf(sr)} still holds disks; delete or move them first." : InUse(pool, sr),
    };

    public static Operation Connect { get; } = new OperationOn<Pbd>("pbd.connect", s_connect, (work, link) => work.RunAsync("PBD.plug", link.Ref))
    {
        Title = "Connect",
        Progressive = "Connecting",
        Description = "Connects the storage to this host.",
        Unless = (pool, link) => link.CurrentlyAttached ? $"{pool.NameOf(link)} is connected." : null,
    };

    public static Operation Disconnect { get; } = new OperationOn<Pbd>("pbd.disconnect", s_connect, (work, link) => work.RunAsync("PBD.unplug", link.Ref))
    {
        Title = "Disconnect",
        Progressive = "Disconnecting",
        Description = "Takes the storage from this host.",
        Confirmation = Confirmation.Ask,
        Consequence = "VMs with disks on it cannot run on this host.",
        Unless = (pool, link) => link.CurrentlyAttached ? null : $"{pool.NameOf(link)} is not connected.",
    };

    public static Operation DeleteLink { get; } = new OperationOn<Pbd>("pbd.delete", s_connect, async (work, link) =>
    {
        if (link.CurrentlyAttached)
            await work.RunAsync("PBD.unplug", link.Ref);
        await work.CallAsync("PBD.destroy", link.Ref);
    })
    {
        Title = "Delete the connection",
        Progressive = "Deleting the connection",
        Description = "Takes away the way from this host to the storage.",
        Confirmation = Confirmation.Ask,
        Consequence = "The host does not know how to reach the storage any more.",
        Group = OperationGroup.Delete,
    };

    public static ImmutableArray<Operation> All { get; } = [Scan, Edit, SetDefault, ConnectAll, DisconnectAll, Forget, Destroy, Connect, Disconnect, DeleteLink];

    private static async Task ConnectAllAsync(OperationWork work, Sr sr)
    {
        foreach (var link in Expected(work, Links(work.Pool, sr).Where(link => !link.CurrentlyAttached)))
        {
            await work.RunAsync("PBD.plug", link.Ref);
            work.Did(work.Pool.NameOf(link));
        }
    }

    private static async Task DisconnectAllAsync(OperationWork work, Sr sr)
    {
        foreach (var link in Expected(work, Links(work.Pool, sr).Where(link => link.CurrentlyAttached)))
        {
            await work.RunAsync("PBD.unplug", link.Ref);
            work.Undo($"{work.Pool.NameOf(link)}, disconnected", () => work.CallAsync("PBD.plug", link.Ref));
        }
    }

    private static async Task ForgetAsync(OperationWork work, Sr sr)
    {
        await DisconnectAllAsync(work, sr);
        await work.RunAsync("SR.forget", sr.Ref);
    }

    private static async Task DestroyAsync(OperationWork work, Sr sr)
    {
        await DisconnectAllAsync(work, sr);
        await work.RunAsync("SR.destroy", sr.Ref);
    }

    private static List<Pbd> Expected(OperationWork work, IEnumerable<Pbd> links)
    {
        var all = links.ToList();
        work.Expect(all.Count + 1);
        return all;
    }

    private static IEnumerable<Pbd> Links(PoolPicture pool, Sr sr) => pool.Get(sr.Pbds);

    private static string? InUse(PoolPicture pool, Sr sr) =>
        pool.DisksIn(sr).Any(disk => pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached)) ? $"{pool.NameOf(sr)} is in use by VMs that run; shut them down or move their disks first." : null;
}
