using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Tests.Simulator.Making;

public sealed class PoolMakerTests
{
    [Fact]
    public void Make_TwiceWithOneSeed_GivesTheSamePool()
    {
        var first = PoolSource.Make("pools=2,hosts=2,vms=40,seed=7")[1].Load(null);

        var second = PoolSource.Make("pools=2,hosts=2,vms=40,seed=7")[1].Load(null);

        Assert.Equal(Text(first), Text(second));
    }

    [Fact]
    public void Make_WithAnotherSeed_GivesAnotherPool()
    {
        var first = PoolSource.Make("hosts=2,vms=10,seed=7")[0].Load(null);

        var second = PoolSource.Make("hosts=2,vms=10,seed=8")[0].Load(null);

        Assert.NotEqual(Text(first), Text(second));
    }

    [Fact]
    public void Make_OfAThousandVms_HasWhatWasAskedForAndSixObjectsForEach()
    {
        var db = PoolSource.Make("hosts=4,vms=1000,seed=3")[0].Load(null);

        var vms = db.All("VM").Where(vm => !vm.Bool("is_a_template") && !vm.Bool("is_a_snapshot") && !vm.Bool("is_control_domain")).ToList();
        var objects = db.Update(() => db.Tables.Sum(table => table.Count));
        Assert.Equal(1000, vms.Count);
        Assert.Equal(4, db.All("host").Count);
        Assert.InRange(objects, 5_500, 7_500);
        Assert.Contains(vms, vm => vm["snapshots"].AsSet.Length > 1);
    }

    [Theory]
    [InlineData("hosts=2,vms=60,seed=5")]
    [InlineData("hosts=1,vms=0,seed=5")]
    public void Make_OfAnySize_LeavesNoReferenceToNothing(string wanted)
    {
        var db = PoolSource.Make(wanted)[0].Load(null);

        Assert.Empty(Dangling(db));
    }

    [Fact]
    public void Demo_Pools_LeaveNoReferenceToNothing()
    {
        var pools = PoolSource.Demo().Select(source => source.Load(null)).ToList();

        Assert.Contains(pools[0].All("VM"), vm => vm.Text("name_label") == "db-master" && vm.Text("power_state") == "Running");
        Assert.Empty(pools.SelectMany(Dangling));
    }

    [Fact]
    public void Make_ForAnOldRelease_LeavesOutWhatIsYounger()
    {
        var db = PoolSource.Make("hosts=1,vms=5")[0].Load("XenServer 6.1");

        Assert.Null(db.Schema.FindClass("VM")!.Find("domain_type"));
        Assert.Empty(Dangling(db));
    }

    [Theory]
    [InlineData("vms=many", "vms must be a whole number")]
    [InlineData("hosts=0", "hosts must be a whole number from 1 to 64")]
    [InlineData("clouds=3", "'clouds' is not known")]
    [InlineData("vms", "not of the form name=number")]
    public void Make_WithOptionsThatMakeNoSense_SaysWhatIsWrong(string wanted, string message)
    {
        var failure = Assert.Throws<SimulatorException>(() => PoolSource.Make(wanted));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static string Text(Database db) => db.Update(() => string.Join("\n", db.Tables.SelectMany(table => table.Sorted).Select(row => $"{row.Ref} {row.State.ToValue()}")));

    private static IReadOnlyList<string> Dangling(Database db) => db.Update(() =>
    {
        var known = db.Tables.SelectMany(table => table.Rows).Select(row => row.Ref).ToHashSet();
        return (from table in db.Tables
                from row in table.Rows
                from field in table.Schema.Fields
                where field.Fact.Type.Kind == TypeKind.Ref || field.Fact.Type.Item?.Kind == TypeKind.Ref
                from reference in References(row.Values[field.Index])
                where !known.Contains(reference)
                select $"{table.Schema.Name}.{field.Fact.Name} {reference}").ToList();
    });

    private static IEnumerable<string> References(XapiValue value) => value switch
    {
        SetValue set => set.AsTexts,
        MapValue map => map.Entries.SelectMany(entry => References(entry.Value)),
        _ => value.IsNullRef ? [] : [value.AsText],
    };
}
