using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Store.Facts;

public sealed class SnapshotTreeTests
{
    [Fact]
    public void Of_ChainWithBranch_OrdersChildrenUnderParentsAndMarksThePresent()
    {
        var vm = Machine("now", parent: "b");
        var pool = PictureOf.Objects(vm, Snapshot("a", null, 1), Snapshot("b", "a", 2), Snapshot("c", "a", 3));

        var lines = SnapshotTree.Of(pool, vm);

        Assert.Equal(["a 0", "b 1", "(here) 2", "c 1"], lines.Select(l => $"{l.Snapshot?.NameLabel ?? "(here)"} {l.Depth}"));
    }

    [Fact]
    public void Of_ParentDeleted_StandsAtTheRoot()
    {
        var vm = Machine("now", parent: "gone");
        var pool = PictureOf.Objects(vm, Snapshot("b", "gone", 2));

        var lines = SnapshotTree.Of(pool, vm);

        Assert.Equal(["b 0", "(here) 0"], lines.Select(l => $"{l.Snapshot?.NameLabel ?? "(here)"} {l.Depth}"));
    }

    [Fact]
    public void Of_ParentsInACircle_LosesNoSnapshot()
    {
        var vm = Machine("now", parent: null);
        var pool = PictureOf.Objects(vm, Snapshot("a", "b", 1), Snapshot("b", "a", 2), Snapshot("c", "c", 3));

        var lines = SnapshotTree.Of(pool, vm);

        Assert.Equal(["a", "b", "c"], lines.Where(l => l.Snapshot is not null).Select(l => l.Snapshot!.NameLabel).Order());
    }

    [Fact]
    public void Of_NoSnapshots_IsEmpty()
    {
        var vm = new Vm { Ref = "OpaqueRef:vm", Uuid = "vm" };

        var lines = SnapshotTree.Of(PictureOf.Objects(vm), vm);

        Assert.Empty(lines);
    }

    private static Vm Machine(string name, string? parent) => new()
    {
        Ref = "OpaqueRef:vm",
        Uuid = "vm",
        NameLabel = name,
        Parent = Reference(parent),
        Snapshots = [Reference("a"), Reference("b"), Reference("c")],
    };

    private static Vm Snapshot(string name, string? parent, int day) => new()
    {
        Ref = Reference(name).Value!,
        Uuid = name,
        NameLabel = name,
        IsASnapshot = true,
        Parent = Reference(parent),
        SnapshotTime = DateTimeOffset.UnixEpoch.AddDays(day),
    };

    private static XenRef<Vm> Reference(string? name) => new(name is null ? null : "OpaqueRef:" + name);
}
