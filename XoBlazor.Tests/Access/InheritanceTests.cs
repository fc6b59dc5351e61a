using System.Runtime.CompilerServices;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Tests.Access;

public sealed class InheritanceTests
{
    private static IEnumerable<XapiClass> Classes => Enum.GetValues<XapiClass>();

    [Fact]
    public void EveryClass_HasADecision()
    {
        foreach (var type in Classes)
            Assert.True(!Inheritance.IsForAdministratorsOnly(type) || Inheritance.ContainersOf(type).IsEmpty, $"{type} is for administrators only and yet belongs to something");
    }

    [Fact]
    public void Documentation_HasTheWholeTable()
    {
        var lines = File.ReadAllLines(Documentation()).Where(l => l.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(Classes.Select(Line).Order(StringComparer.OrdinalIgnoreCase), lines);
    }

    [Fact]
    public void DiskInACdDrive_MayBeSeenButNotWorkedOn()
    {
        var delete = new Right("disk.delete", "Delete disks", RightLevel.Manage);
        var (engine, pool) = Estate(new AccessScope.OfObject(new("pool", "vm")), Role.VmAdministrator,
            Vm(), new Vdi { Ref = "OpaqueRef:iso", Uuid = "iso" }, new Vdi { Ref = "OpaqueRef:disk", Uuid = "disk" }, Drive("iso", VbdType.Cd), Drive("disk", VbdType.Disk));

        Assert.True(engine.Allows(Ada, Right.View, pool, pool.GetByUuid("iso")!));
        Assert.False(engine.Allows(Ada, delete, pool, pool.GetByUuid("iso")!));
        Assert.True(engine.Allows(Ada, delete, pool, pool.GetByUuid("disk")!));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void HostGrant_CoversItsVmsOnlyWhenItSaysSo(bool withVms, bool expected)
    {
        var (engine, pool) = Estate(new AccessScope.OfHost(new("pool", "host"), withVms), Role.Viewer, Vm(), new Host { Ref = "OpaqueRef:host", Uuid = "host" });

        Assert.True(engine.Allows(Ada, Right.View, pool, pool.GetByUuid("host")!));
        Assert.Equal(expected, engine.Allows(Ada, Right.View, pool, pool.GetByUuid("vm")!));
    }

    [Fact]
    public void ViewingAVm_ShowsNeitherItsHostNorItsPool()
    {
        var (engine, pool) = Estate(new AccessScope.OfObject(new("pool", "vm")), Role.Administrator,
            Vm(), new Host { Ref = "OpaqueRef:host", Uuid = "host" }, new Pool { Ref = "OpaqueRef:pool", Uuid = "pool", Master = new("OpaqueRef:host") });

        Assert.False(engine.Allows(Ada, Right.View, pool, pool.GetByUuid("host")!));
        Assert.False(engine.Allows(Ada, Right.View, pool, pool.Pool!));
    }

    [Fact]
    public void Snapshot_FollowsItsVmAndNotTheTagsItWasTakenWith()
    {
        var (engine, pool) = Estate(new AccessScope.OfVms("tags:prod"), Role.Viewer,
            Vm() with { Tags = ["test"] }, new Vm { Ref = "OpaqueRef:snap", Uuid = "snap", IsASnapshot = true, SnapshotOf = new("OpaqueRef:vm"), Tags = ["prod"] });

        Assert.False(engine.Allows(Ada, Right.View, pool, pool.GetByUuid("snap")!));
    }

    [Fact]
    public void UnknownObject_IsRefusedInTheWordsOfAHiddenOne()
    {
        var (engine, _) = Estate(new AccessScope.OfObject(new("pool", "other")), Role.Viewer, Vm());

        Assert.Equal(AccessEngine.NoSuchObject(new("pool", "vm")), engine.Refusal(Ada, Right.View, new("pool", "vm")));
        Assert.Equal(AccessEngine.NoSuchObject(new("pool", "gone")), engine.Refusal(Ada, Right.View, new("pool", "gone")));
        Assert.Equal(AccessEngine.NoSuchObject(new("nowhere", "vm")), engine.Refusal(Ada, Right.View, new("nowhere", "vm")));
    }

    [Fact]
    public void LimitedActor_MayNoMoreThanTheRole()
    {
        var start = new Right("vm.start", "Start VMs", RightLevel.Operate);
        var (engine, pool) = Estate(AccessScope.Everything.Instance, Role.Administrator, Vm());
        var limited = Ada with { LimitedTo = Role.Viewer.Id };

        Assert.Null(engine.Refusal(Ada, start, new("pool", "vm")));
        Assert.Null(engine.Refusal(limited, Right.View, new("pool", "vm")));
        Assert.Contains("Start VMs", engine.Refusal(limited, start, new("pool", "vm")));
        Assert.False(engine.IsAdministrator(limited));
        Assert.True(engine.IsAdministrator(Ada));
        Assert.False(engine.Allows(limited with { LimitedTo = "gone" }, Right.View, pool, pool.GetByUuid("vm")!));
    }

    private static Actor Ada { get; } = new("ada", "ada");

    private static string Line(XapiClass type) => $"| `{XapiCodec.For(type).WireName}` | "
        + (Inheritance.IsForAdministratorsOnly(type) ? "nothing: administrators only" : string.Join("; ", Inheritance.ContainersOf(type).Prepend("the pool"))) + " |";

    private static (AccessEngine Engine, PoolPicture Pool) Estate(AccessScope scope, Role role, params XapiObject[] objects)
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        writer.ApplyListing(objects);
        var engine = new AccessEngine(store);
        engine.Apply(new([], [new("1", SubjectId.User("ada"), role.Id, scope)], new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>>()));
        return (engine, writer.Picture);
    }

    private static Vm Vm() => new() { Ref = "OpaqueRef:vm", Uuid = "vm", NameLabel = "web", ResidentOn = new("OpaqueRef:host") };

    private static Vbd Drive(string disk, VbdType type) => new() { Ref = $"OpaqueRef:vbd-{disk}", Uuid = $"vbd-{disk}", Vm = new("OpaqueRef:vm"), Vdi = new($"OpaqueRef:{disk}"), Type = type };

    private static string Documentation([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "access.md"));
}
