using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.Store;

/// <summary>The seven promises of <see cref="ObjectStore"/>, one by one.</summary>
public sealed class ObjectStoreTests
{
    private readonly Vm _vm = new() { Ref = Ref("vm"), Uuid = "u-vm", NameLabel = "web", PowerState = VmPowerState.Halted };
    private readonly Vdi _vdi = new() { Ref = Ref("vdi"), Uuid = "u-vdi", NameLabel = "disk" };
    private readonly Vbd _vbd = new() { Ref = Ref("vbd"), Uuid = "u-vbd", Vm = new(Ref("vm")), Vdi = new(Ref("vdi")) };

    [Fact]
    public void Open_WhileAWriterIsOpen_IsRefused()
    {
        var fixture = new StoreFixture();

        var second = Assert.Throws<InvalidOperationException>(() => fixture.Store.Open(PoolUuid));
        fixture.Writer.Dispose();
        using var later = fixture.Store.Open(PoolUuid);

        Assert.Contains(PoolUuid, second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterAWriterWasClosed_ContinuesItsPicture()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm);
        fixture.Writer.Dispose();

        using var next = fixture.Store.Open(PoolUuid);

        Assert.Same(_vm, next.Picture.Get(new XenRef<Vm>(_vm.Ref)));
    }

    [Fact]
    public async Task Apply_FromTwoThreadsAtOnce_IsRefused()
    {
        var fixture = new StoreFixture();
        using var entered = new SemaphoreSlim(0);
        using var leave = new SemaphoreSlim(0);
        using var patience = Support.Patience.Source();
        IEnumerable<ObjectUpdate> Slow()
        {
            entered.Release();
            leave.Wait(patience.Token);
            yield return ObjectUpdate.Present(_vm);
        }

        var first = Task.Run(() => fixture.Writer.Apply(Slow()), patience.Token);
        await entered.WaitAsync(patience.Token);
        var second = Record.Exception(() => fixture.Put(_vdi));
        leave.Release();
        await first;

        Assert.IsType<InvalidOperationException>(second);
        Assert.Same(_vm, fixture.Picture.Get(_vm.Ref));
    }

    [Fact]
    public void Apply_Batch_IsVisibleWholeWithItsIndexes()
    {
        var fixture = new StoreFixture();

        var batch = fixture.Put(_vbd, _vm, _vdi);

        Assert.Equal([_vm], fixture.Picture.All<Vm>());
        Assert.Same(_vdi, fixture.Picture.GetByUuid<Vdi>("u-vdi"));
        Assert.Same(_vbd, fixture.Store.Current.Find(new ObjectKey(PoolUuid, "u-vbd")));
        Assert.Equal([_vbd], fixture.Picture.Referrers<Vbd>(_vdi.Ref, VbdFields.Vdi));
        var referrer = Assert.Single(fixture.Picture.Referrers(_vm.Ref));
        Assert.Equal((_vbd, "VM"), (referrer.Object, referrer.Field.Wire));
        Assert.Equal(3, batch!.Changes.Length);
        Assert.Equal(fixture.Store.Current.Version, batch.Version);
    }

    [Fact]
    public void Snapshot_TakenBeforeABatch_StaysAsItWas()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm, _vdi, _vbd);
        var before = fixture.Picture;

        fixture.Remove(_vm, _vbd);
        fixture.Put(new Vm { Ref = Ref("other"), Uuid = "u-other" });

        Assert.Same(_vm, before.Get(_vm.Ref));
        Assert.Same(_vm, before.GetByUuid<Vm>("u-vm"));
        Assert.Null(before.Get(Ref("other")));
        Assert.Equal([_vbd], before.Referrers<Vbd>(_vdi.Ref, VbdFields.Vdi));
        Assert.Empty(fixture.Picture.Referrers(_vdi.Ref));
        Assert.Null(fixture.Picture.Get(_vm.Ref));
    }

    [Fact]
    public void Apply_EqualState_IsDroppedAndKeepsTheInstance()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm);
        var version = fixture.Store.Current.Version;

        var batch = fixture.Put(_vm with { Tags = [] });

        Assert.Null(batch);
        Assert.Equal(version, fixture.Store.Current.Version);
        Assert.Same(_vm, fixture.Picture.Get(_vm.Ref));
    }

    [Fact]
    public void Apply_Modification_TellsTheChangedFields()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm);

        var batch = fixture.Put(_vm with { PowerState = VmPowerState.Running, Tags = ["prod"] });

        var change = Assert.Single(batch!.Changes);
        Assert.Equal(ChangeKind.Modified, change.Kind);
        Assert.Same(_vm, change.Before);
        Assert.Equal(FieldSet.Of(VmFields.PowerState, VmFields.Tags), change.Fields);
    }

    [Fact]
    public void Apply_ObjectTwiceInOneBatch_AnnouncesOneChange()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm);

        var batch = fixture.Put(_vm with { NameLabel = "a" }, _vm with { NameLabel = "b" }, new Vdi { Ref = Ref("brief") });
        var gone = fixture.Writer.Apply([ObjectUpdate.Present(_vdi), ObjectUpdate.Gone(_vdi.Ref)]);

        Assert.Equal("b", ((Vm)batch!.Changes[0].After!).NameLabel);
        Assert.Equal(2, batch.Changes.Length);
        Assert.Null(gone);
    }

    [Fact]
    public void Versions_OfClass_TellMembersFromContents()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm, _vdi);
        var members = fixture.Store.Current.MembershipVersion(XapiClass.Vm);
        var disks = fixture.Store.Current.ContentVersion(XapiClass.Vdi);

        fixture.Put(_vm with { NameLabel = "renamed" });

        var now = fixture.Store.Current;
        Assert.Equal(members, now.MembershipVersion(XapiClass.Vm));
        Assert.Equal(now.Version, now.ContentVersion(XapiClass.Vm));
        Assert.Equal(disks, now.ContentVersion(XapiClass.Vdi));
    }

    [Fact]
    public void ApplyListing_WithoutAnObject_RemovesItAndKeepsTheRest()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm, _vdi, _vbd);

        var batch = fixture.Writer.ApplyListing([_vm, _vdi with { NameLabel = "renamed" }]);

        Assert.Equal(BatchOrigin.Listing, batch.Origin);
        Assert.Equal([ChangeKind.Modified, ChangeKind.Removed], batch.Changes.Select(c => c.Kind));
        Assert.Empty(fixture.Picture.All<Vbd>());
    }

    [Fact]
    public void ApplyListing_OfOneClass_LeavesOtherClasses()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm, _vdi, _vbd);

        fixture.Writer.ApplyListing([], [XapiClass.Vbd]);

        Assert.Empty(fixture.Picture.All<Vbd>());
        Assert.Equal(2, fixture.Picture.Count);
    }

    [Fact]
    public void Forget_RemovesThePoolAndAnnouncesEveryObject()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm, _vdi);

        var batch = fixture.Writer.Forget();

        Assert.Equal(BatchOrigin.Forgotten, batch.Origin);
        Assert.Equal(2, batch.Changes.Length);
        Assert.Null(fixture.Store.Current.Pool(PoolUuid));
        Assert.Equal(batch.Version, fixture.Store.Current.MembershipVersion(XapiClass.Vm));
    }

    [Fact]
    public void Observers_HearEveryBatchInOrderAfterItIsVisible()
    {
        var seen = new List<(long Version, bool IsVisible)>();
        ObjectStore? store = null;
        var fixture = new StoreFixture(new FakeObserver(b => seen.Add((b.Version, store!.Current.Version == b.Version))));
        store = fixture.Store;

        fixture.Put(_vm);
        fixture.Put(_vm with { NameLabel = "a" });
        fixture.Remove(_vm);

        Assert.Equal([(1, true), (2, true), (3, true)], seen);
    }

    [Fact]
    public void Reference_ThatReturnsAsAnotherClass_ReplacesTheObject()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm, _vbd);
        var before = fixture.Picture;

        fixture.Put(new Network { Ref = _vm.Ref, Uuid = "u-net" });

        Assert.IsType<Network>(fixture.Picture.Get(_vm.Ref));
        Assert.Empty(fixture.Picture.All<Vm>());
        Assert.Equal([_vbd], fixture.Picture.Referrers<Vbd>(_vm.Ref, VbdFields.Vm));
        Assert.Same(_vm, before.Get(_vm.Ref));
    }

    [Fact]
    public void Index_WhatComesAndGoes_IsForgottenAndOldPicturesKeepIt()
    {
        var fixture = new StoreFixture();
        var vm = new Vm { Ref = Ref("vm"), Uuid = "u-vm" };
        var waiting = new Vm { Ref = Ref("waiting"), Uuid = "u-waiting", Consoles = [new(Ref("never"))] };
        var old = new List<(PoolPicture Picture, string Console)>();
        fixture.Put(vm, waiting);

        for (var i = 0; i < 2_000; i++)
        {
            // Mentioned before it comes, as when a host's batches part in between.
            var console = new VmConsole { Ref = Ref($"console {i}"), Uuid = $"u-console-{i}", Vm = new(vm.Ref) };
            fixture.Put(vm with { Consoles = [new(console.Ref)] });
            fixture.Put(console);
            if (i % 100 == 0)
                old.Add((fixture.Picture, console.Ref));
            fixture.Put(vm);
            fixture.Remove(console);
        }

        Assert.InRange(fixture.Picture.Index.Count, 4, 600);
        Assert.InRange(fixture.Picture.Tables[(int)XapiClass.VmConsole].ObjectChunks.Length, 1, 6);
        Assert.Equal([waiting], fixture.Picture.Referrers<Vm>(Ref("never"), VmFields.Consoles));
        Assert.All(old, o =>
        {
            Assert.Equal(o.Console, o.Picture.Get(o.Console)?.Ref);
            Assert.Equal(vm.Uuid, Assert.Single(o.Picture.Referrers<Vm>(o.Console, VmFields.Consoles)).Uuid);
        });
    }

    [Fact]
    public void Uuid_OfARestoredVm_LeadsToTheNewObjectAndInOldPicturesToTheOld()
    {
        var fixture = new StoreFixture();
        fixture.Put(_vm);
        var before = fixture.Picture;

        fixture.Remove(_vm);
        var restored = _vm with { Ref = Ref("restored") };
        fixture.Put(new Vm { Ref = Ref("takes-the-place") });
        fixture.Put(restored);

        Assert.Same(restored, fixture.Picture.GetByUuid<Vm>("u-vm"));
        Assert.Same(_vm, before.GetByUuid("u-vm"));
    }

    [Fact]
    public void Uuid_SharedByEveryObjectOfAHostileHost_CostsNoMoreThanOthers()
    {
        const int objects = 50_000;
        var fixture = new StoreFixture();

        fixture.Put(Enumerable.Range(0, objects).Select(i => new Vm { Ref = Ref($"{i}"), Uuid = "same" }));
        fixture.Writer.ApplyListing(Enumerable.Range(0, objects).Select(i => new Vm { Ref = Ref($"{i}"), Uuid = "other" }));

        Assert.Equal(objects, fixture.Picture.CountOf(XapiClass.Vm));
        Assert.NotNull(fixture.Picture.GetByUuid<Vm>("other"));
        Assert.NotNull(fixture.Picture.Get(Ref($"{objects - 1}")));
    }
}
