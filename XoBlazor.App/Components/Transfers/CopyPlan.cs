using System.Text.Json.Nodes;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations.Forms;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Transfers;

/// <summary>
/// Where VMs are copied or moved to, while a person decides it: what there is to choose from, with what begins chosen, and what will pass. Changed by its sheet only.
/// </summary>
public sealed class CopyPlan
{
    private readonly CircuitView _view;
    private readonly Func<Operation, PoolPicture, XapiObject, string?> _obstacle;
    private readonly IReadOnlyList<(PoolPicture Pool, XapiObject Object)> _targets;
    private bool _isMove;

    /// <param name="obstacle">Why an operation is not possible for this person on an object now; null when it is.</param>
    /// <param name="pool">The uuid of the pool to begin with; null for what is usual.</param>
    /// <param name="storage">The uuid of the storage to begin with; null for the pool's own.</param>
    public CopyPlan(
        CircuitView view, Func<Operation, PoolPicture, XapiObject, string?> obstacle, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets, bool isMove, string? pool = null, string? storage = null)
    {
        (_view, _obstacle, _targets, _isMove) = (view, obstacle, targets, isMove);
        foreach (var (around, target) in targets)
            Names[around.Key(target)] = CopyFacts.NameOf((Vm)target);
        Pool = pool is not null && Pools.Exists(one => one.Uuid == pool) ? pool : UsualPool;
        Look(storage);
    }

    /// <summary>They are deleted where they are, once they are whole where they go.</summary>
    public bool IsMove
    {
        get => _isMove;
        set
        {
            _isMove = value;
            if (Pools.TrueForAll(one => one.Uuid != Pool))
                Pool = UsualPool;
            Look(Storage);
        }
    }

    /// <summary>The uuid of the pool that they go to; empty for none.</summary>
    public string Pool { get; private set; }

    /// <summary>The uuid of the storage that they go to; empty for none.</summary>
    public string Storage { get; set; } = "";

    /// <summary>What the copies are called.</summary>
    public Dictionary<ObjectKey, string> Names { get; } = [];

    public bool Starts { get; set; }

    public string Compression { get; set; } = "auto";

    public Operation Operation => IsMove ? VmCopyOperations.Move : VmCopyOperations.Copy;

    /// <summary>What there is to go to: for a move only what some of them are not in.</summary>
    public List<PoolPicture> Pools => [.. _view.Objects.Pools.Where(pool => !IsMove || _targets.Any(target => target.Pool.Uuid != pool.Uuid)).OrderBy(pool => pool.Name(), StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>The storage of the pool: what suits first.</summary>
    public List<Candidate> Storages { get; private set; } = [];

    /// <summary>The networks that devices come from, with those they may go to; empty within one pool, where they stay where they are.</summary>
    public List<NetworkLine> Networks { get; private set; } = [];

    /// <summary>Those that go.</summary>
    public List<(PoolPicture Pool, Vm Vm)> Able => [.. _targets.Where(target => WhyNot(target.Pool, target.Object) is null).Select(target => (target.Pool, (Vm)target.Object))];

    /// <summary>Those that cannot, and why.</summary>
    public List<(string Name, string Reason)> Unable => [.. _targets.Select(target => (Name: target.Pool.NameOf(target.Object), Reason: WhyNot(target.Pool, target.Object))).Where(one => one.Reason is not null).Select(one => (one.Name, one.Reason!))];

    public PoolPicture? To => _view.Objects.Pool(Pool);

    public Sr? Sr => To?.GetByUuid<Sr>(Storage);

    /// <summary>Bytes pass through us: to another pool.</summary>
    public bool IsBetweenPools => Able.Exists(one => one.Pool.Uuid != Pool);

    /// <summary>What has to be put right first; null when nothing has.</summary>
    public string? Problem => Able.Count == 0 ? (_targets.Count == 1 ? Unable[0].Reason : "None of them can go there")
        : To is null ? "Choose a pool"
        : Storages.Find(one => one.Id == Storage) is not { Reason: null } ? "Choose storage that suits"
        : Networks.Find(line => line.Chosen.Length == 0) is { } open ? $"Choose a network for {open.Title}"
        : !IsMove && Able.Exists(one => Names[one.Pool.Key(one.Vm)].Trim().Length == 0) ? "Each copy needs a name"
        : null;

    public void SetPool(string uuid)
    {
        Pool = uuid;
        Look(null);
    }

    /// <summary>How many disks they have, how large these are, and how much of that is used as far as their storage tells.</summary>
    public (int Count, long Size, long Used) Disks()
    {
        var disks = Able.SelectMany(one => one.Pool.DisksOf(one.Vm)).Where(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }).Select(disk => disk.Vdi!).ToList();
        return (disks.Count, disks.Sum(disk => disk.VirtualSize), disks.Sum(UsedOf));
    }

    /// <summary>What a compression means between these pools, in words.</summary>
    public string CompressionWords => To is not { } to ? "" : Compression switch
    {
        "auto" => Able.TrueForAll(one => CopyFacts.AutomaticCompression(one.Pool, to) == "zstd") ? "Automatic is zstd here: hosts on both sides have it." : $"Automatic is none here: {Lacking(to)}, and gzip is slower than most networks.",
        "gzip" => "Every host has it; it takes much of a processor on both sides.",
        "zstd" => "Cheap for hosts that have it.",
        _ => "Nothing to do for the hosts, most to do for the network.",
    };

    /// <summary>Why zstd cannot be chosen; null when it can.</summary>
    public string? NoZstd => To is { } to && Able.Exists(one => !CopyFacts.HasZstd(one.Pool) || !CopyFacts.HasZstd(to)) ? Lacking(to) : null;

    /// <summary>What the operation is given for one of them.</summary>
    public JsonObject Given(PoolPicture pool, Vm vm)
    {
        var given = new JsonObject { ["sr"] = $"{Pool}/{Storage}" };
        if (!IsMove)
            given["name"] = Names[pool.Key(vm)].Trim();
        if (Starts)
            given["start"] = true;
        if (pool.Uuid == Pool)
            return given;
        given["compression"] = Compression;
        var networks = new JsonObject();
        foreach (var (device, network) in pool.NetworkDevicesOf(vm))
            if (Networks.Find(line => line.Key == KeyOf(pool, device, network)) is { Chosen.Length: > 0 } line)
                networks[device.Uuid] = $"{Pool}/{line.Chosen}";
        if (networks.Count > 0)
            given["mapVifsNetworks"] = networks;
        return given;
    }

    private string UsualPool => (IsMove ? Pools.Find(pool => _targets.All(target => target.Pool.Uuid != pool.Uuid)) : Pools.Find(pool => pool.Uuid == _targets[0].Pool.Uuid))?.Uuid ?? Pools.FirstOrDefault()?.Uuid ?? "";

    private string? WhyNot(PoolPicture pool, XapiObject target) =>
        _obstacle(Operation, pool, target)
        ?? (IsMove && pool.Uuid == Pool ? $"{pool.NameOf(target)} is in that pool already."
            : pool.Uuid == Pool ? null
            : _view.Refusal(TransferRights.ExportVm, pool, target) ?? (IsMove ? _view.Refusal(VmRights.Delete, pool, target) : null));

    private string Lacking(PoolPicture to) => !CopyFacts.HasZstd(to) ? $"{to.Name()} has no zstd"
        : Able.Where(one => !CopyFacts.HasZstd(one.Pool)).Select(one => $"{one.Pool.Name()} has no zstd").FirstOrDefault() ?? "this server has no library for zstd";

    /// <summary>What there is to choose from in the pool, and what begins chosen.</summary>
    private void Look(string? wanted)
    {
        (Storages, Networks) = ([], []);
        if (To is not { } to)
            return;
        var (_, _, used) = Disks();
        Storages = [.. to.All<Sr>().Where(sr => sr.ContentType != "iso" && sr.Type != "udev" && !sr.IsToolsSr).Select(sr => new Candidate(sr.Uuid, NameOf(to, sr), Judge(to, sr, used)))
            .OrderBy(one => one.Reason is not null).ThenBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase)];
        var possible = Storages.Where(one => one.Reason is null).Select(one => one.Id).ToList();
        Storage = possible.Find(id => id == wanted) ?? possible.Find(id => id == to.DefaultSr()?.Uuid)
            ?? possible.OrderByDescending(id => SrFacts.UseOf(to.GetByUuid<Sr>(id)!).Free).FirstOrDefault() ?? "";
        var choices = to.All<Network>().Select(network => new Candidate(network.Uuid, to.NameOf(network), _view.Refusal(UseRights.Network, to, network)))
            .OrderBy(one => one.Reason is not null).ThenBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).ToList();
        Networks = [.. Able.Where(one => one.Pool.Uuid != Pool)
            .SelectMany(one => one.Pool.NetworkDevicesOf(one.Vm).Select(device => (one.Pool, device.Vif, device.Network)))
            .GroupBy(one => KeyOf(one.Pool, one.Vif, one.Network))
            .Select(group => Line(group.Key, group.First(), group.Count(), choices, to)).OrderBy(line => line.Title, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>One VM has a line for each device, several have one for each network that they are on.</summary>
    private string KeyOf(PoolPicture pool, Vif device, Network? network) => _targets.Count == 1 || network is null ? device.Uuid : $"{pool.Uuid}/{network.Uuid}";

    private NetworkLine Line(string key, (PoolPicture Pool, Vif Vif, Network? Network) first, int count, List<Candidate> choices, PoolPicture to)
    {
        var network = first.Network is { } from ? first.Pool.NameOf(from) : "a network that you may not view";
        var same = first.Network is null ? [] : to.All<Network>().Where(one => one.NameLabel == first.Network.NameLabel).Take(2).ToList();
        return new()
        {
            Key = key,
            Title = _targets.Count == 1 ? $"Device {first.Vif.Device} on {network}" : network,
            Details = _targets.Count == 1 ? first.Vif.Mac : count == 1 ? "1 device" : $"{Format.Count(count)} devices",
            Choices = choices,
            Chosen = same is [var one] && choices.Exists(choice => choice.Id == one.Uuid && choice.Reason is null) ? one.Uuid : "",
        };
    }

    private string? Judge(PoolPicture to, Sr sr, long used) =>
        _view.Refusal(UseRights.Sr, to, sr)
        ?? (IsBetweenPools ? _view.Refusal(TransferRights.ImportVm, to, sr) : null)
        ?? CopyFacts.ObstacleAt(to, sr)
        ?? (SrFacts.UseOf(sr) is { Size: > 0 } use && use.Free < used ? $"needs {Format.Bytes(used)}" : null);

    private static string NameOf(PoolPicture pool, Sr sr) => SrFacts.UseOf(sr) is { Size: > 0 } use ? $"{pool.NameOf(sr)} · {Format.Bytes(use.Free)} free" : pool.NameOf(sr);

    private static long UsedOf(Vdi disk) => disk.PhysicalUtilisation > 0 ? Math.Min(disk.PhysicalUtilisation, disk.VirtualSize) : disk.VirtualSize;
}

/// <summary>Devices that go to one network, and which that is.</summary>
public sealed class NetworkLine
{
    /// <summary>The device's uuid, or the key of the network that they come from.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>The device's address, or how many there are.</summary>
    public required string Details { get; init; }

    public required IReadOnlyList<Candidate> Choices { get; init; }

    /// <summary>The uuid of the network that they go to; empty for none.</summary>
    public required string Chosen { get; set; }
}
