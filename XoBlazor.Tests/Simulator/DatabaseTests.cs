using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Tests.Simulator;

public sealed class DatabaseTests
{
    private readonly Database _db = new(XapiDatamodel.Embedded.At(Release.Latest));

    [Fact]
    public void Create_WithReference_TouchesTheOtherEnd()
    {
        var vm = _db.Create("VM", ("name_label", "a"));
        var before = _db.Generation;

        var vbd = _db.Create("VBD", ("VM", vm.Ref));

        Assert.Equal([vbd.Ref], vm["VBDs"].AsTexts);
        Assert.Equal(["VM", "VBD"], Changed(before));
    }

    [Fact]
    public void Write_OfReference_MovesBetweenBothSets()
    {
        var (first, second) = (_db.Create("VM"), _db.Create("VM"));
        var vbd = _db.Create("VBD", ("VM", first.Ref));
        var before = _db.Generation;

        vbd["VM"] = second.Ref;

        Assert.Empty(first["VBDs"].AsTexts);
        Assert.Equal([vbd.Ref], second["VBDs"].AsTexts);
        Assert.Equal(["VM", "VM", "VBD"], Changed(before));
    }

    [Fact]
    public void Write_OfSameValue_IsNoChange()
    {
        var vm = _db.Create("VM", ("tags", XapiValue.SetOf("x")));
        var before = _db.Generation;

        vm["tags"] = XapiValue.SetOf("x");

        Assert.Equal(before, _db.Generation);
    }

    [Fact]
    public void Destroy_OfReferencedObject_LeavesDanglingReferenceAndEmptiesTheSet()
    {
        var vm = _db.Create("VM");
        var vbd = _db.Create("VBD", ("VM", vm.Ref));
        var metrics = _db.Create("VM_metrics");
        vm["metrics"] = metrics.Ref;

        vbd.Destroy();
        metrics.Destroy();

        Assert.Empty(vm["VBDs"].AsTexts);
        Assert.Equal(metrics.Ref, vm.Text("metrics"));
        Assert.Null(vm.Follow("metrics", "VM_metrics"));
    }

    [Fact]
    public void Deletions_BeyondTheLimit_AreForgottenByHalves()
    {
        var refs = Enumerable.Range(0, 600).Select(_ => _db.Create("VBD")).ToList();

        refs.ForEach(vbd => vbd.Destroy());

        var kept = _db.FindTable("VBD")!.Deletions;
        Assert.InRange(kept.Count, 256, 511);
        Assert.Equal(refs[^1].Ref, kept[^1].Ref);
    }

    [Fact]
    public void Read_OfDestroyedObject_IsHandleInvalid()
    {
        var vm = _db.Create("VM");
        vm.Destroy();

        var failure = Assert.Throws<XapiException>(() => vm["name_label"]);

        Assert.Equal("HANDLE_INVALID", failure.Code);
        Assert.Equal(["VM", vm.Ref], failure.Parameters);
    }

    [Fact]
    public void Read_OfFieldYoungerThanThePool_IsTheDefault()
    {
        var old = new Database(XapiDatamodel.Embedded.At(XapiDatamodel.Embedded.FindRelease("boston")!.Value));
        var vm = old.Create("VM");

        vm["domain_type"] = "hvm";

        Assert.Null(old.Schema["VM"].Find("domain_type"));
        Assert.Equal("unspecified", vm.Text("domain_type"));
        Assert.Throws<ArgumentException>(() => vm["no_such_field"]);
    }

    [Fact]
    public void Update_OfManyWrites_SignalsOnce()
    {
        var vm = _db.Create("VM");
        var signal = _db.NextChange;

        _db.Update(() =>
        {
            vm["name_label"] = "a";
            Assert.False(signal.IsCompleted);
            vm["name_description"] = "b";
        });

        Assert.True(signal.IsCompleted);
    }

    private IEnumerable<string> Changed(long since) => _db.Update(() => _db.ChangedSince(since).Select(r => r.Table.Schema.Name).ToList());
}
