using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Storage;

/// <summary>The lists of storage repositories, of disks, and of what is in ISO libraries.</summary>
internal static class StorageLists
{
    private const double AlmostFull = 0.85;

    public static readonly ListDefinition<Sr> Srs = new()
    {
        Title = "Storage",
        Noun = "storage",
        Icon = "sr",
        DefaultOrder = [new("pool"), new("name")],
        Follows = [XapiClass.Sr, XapiClass.Pbd, XapiClass.Host, XapiClass.Pool, XapiClass.Vdi],
        Chips = [new("Shared", "shared?"), new("Local", "!shared?")],
        Columns =
        [
            Columns.State<Sr>(StorageLooks.State),
            Columns.Name<Sr>(),
            Columns.Pool<Sr>(),
            new("type", "Type") { Text = static (_, sr) => sr.Type, Width = 110, Card = CardPlace.Second },
            new("reach", "Reach") { Text = static (pool, sr) => sr.Shared ? "Shared" : pool.HostOf(sr) is { } host ? ObjectLooks.Name(host) : "Local", Width = 140, Card = CardPlace.Second },
            Columns.Share<Sr>("use", "Use", static (_, sr) => SrFacts.UseOf(sr).Share, AlmostFull) with { Card = CardPlace.Second },
            Columns.Bytes<Sr>("used", "Used", static (_, sr) => SrFacts.UseOf(sr).Used),
            Columns.Bytes<Sr>("free", "Free", static (_, sr) => SrFacts.UseOf(sr).Free),
            Columns.Bytes<Sr>("size", "Size", static (_, sr) => SrFacts.UseOf(sr).Size),
            Columns.Bytes<Sr>("given", "Given out", static (_, sr) => SrFacts.UseOf(sr).Allocated),
            Columns.Number<Sr>("disks", "Disks", static (pool, sr) => pool.DisksIn(sr).Count()),
            Columns.Tags<Sr>(static sr => sr.Tags) with { IsShown = false },
            Columns.Description<Sr>(static sr => sr.NameDescription),
            Columns.Uuid<Sr>(),
        ],
    };

    public static readonly ListDefinition<Vdi> Disks = new()
    {
        Title = "Disks",
        Noun = "disk",
        Icon = "vdi",
        Belongs = static (_, disk) => disk.Managed,
        DefaultOrder = [new("name")],
        Follows = [XapiClass.Vdi, XapiClass.Vbd, XapiClass.Vm, XapiClass.Sr, XapiClass.Pbd, XapiClass.Pool],
        Chips = [new("Snapshots", "is_a_snapshot?"), new("Without snapshots", "!is_a_snapshot?")],
        Columns =
        [
            Columns.State<Vdi>(StorageLooks.State),
            Columns.Name<Vdi>(),
            Columns.Links<Vdi>("vms", "Used by", static (pool, disk) => [.. pool.VmsUsing(disk)]) with { Card = CardPlace.Second },
            Columns.Link<Vdi>("sr", "Storage", static (pool, disk) => pool.Get(disk.Sr)) with { Card = CardPlace.Second },
            Columns.Pool<Vdi>(isShown: false),
            Columns.Bytes<Vdi>("size", "Size", static (_, disk) => disk.VirtualSize) with { Card = CardPlace.Second },
            Columns.Bytes<Vdi>("used", "Used", static (_, disk) => disk.PhysicalUtilisation),
            new("kind", "Kind") { Text = static (_, disk) => disk.IsASnapshot ? "Snapshot" : EnumText<VdiType>.Wire(disk.Type), Width = 110 },
            Columns.Tags<Vdi>(static disk => disk.Tags) with { IsShown = false },
            Columns.Description<Vdi>(static disk => disk.NameDescription),
            Columns.Uuid<Vdi>(),
        ],
    };

    public static readonly ListDefinition<Vdi> Isos = new()
    {
        Title = "ISOs",
        Noun = "ISO",
        Icon = "disc",
        Belongs = static (pool, disk) => pool.IsIso(disk),
        DefaultOrder = [new("name")],
        Follows = [XapiClass.Vdi, XapiClass.Vbd, XapiClass.Vm, XapiClass.Sr, XapiClass.Pool],
        Chips = [new("In a drive", "VBDs?"), new("In no drive", "!VBDs?")],
        Columns =
        [
            Columns.Name<Vdi>() with { Width = 260 },
            Columns.Links<Vdi>("vms", "In the drive of", static (pool, disk) => [.. pool.VmsUsing(disk)]) with { Card = CardPlace.Second },
            Columns.Link<Vdi>("sr", "Library", static (pool, disk) => pool.Get(disk.Sr)) with { Card = CardPlace.Second },
            Columns.Pool<Vdi>() with { Card = CardPlace.Second },
            Columns.Bytes<Vdi>("size", "Size", static (_, disk) => disk.VirtualSize) with { Card = CardPlace.Second },
            Columns.Tags<Vdi>(static disk => disk.Tags) with { IsShown = false },
            Columns.Description<Vdi>(static disk => disk.NameDescription),
            Columns.Uuid<Vdi>(),
        ],
    };
}
