using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Updates;
using XoBlazor.Core.Store;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>What the server had made for an update when it was killed, at each moment that there is, goes when it is back.</summary>
public sealed class UpdateTracesTests : OldPoolTests
{
    private const string Mark = "update 0123456789abcdef0123456789abcdef";

    private Database Db => Pool.Db;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Patch_UploadedOrApplied_LosesItsFile_AndStaysKnownOnlyWhereAHostHasIt(bool isApplied)
    {
        await StartAsync(OldPool.UpTo70);
        var patch = Db.Update(() => Db.Create("pool_patch", ("uuid", Guid.NewGuid().ToString()), ("name_label", "XS70E001"), ("filename", "/var/patch/1")));
        if (isApplied)
            Db.Create("host_patch", ("host", Pool.Hosts[0].Ref), ("pool_patch", patch.Ref), ("applied", true));
        Db.Create("task", ("name_label", "Upload of XS70E001"), ("name_description", Mark), ("status", "success"), ("result", patch.Ref));
        await RememberAsync(new() { Mark = Mark, Act = 1, Target = Key, To = Key.Pool });

        await Pool.CleanAsync(Token);

        Assert.Equal(isApplied, Db.Exists("pool_patch", patch.Ref));
        Assert.Empty(Pool.Left());
    }

    [Theory]
    [InlineData("a disk")]
    [InlineData("introduced")]
    [InlineData("applied")]
    public async Task Image_LosesItsDisk_AndStaysKnownOnlyWhereAHostHasIt(string moment)
    {
        await StartAsync(OldPool.UpTo82);
        var name = $"XS82E001 ({Mark})";
        var disk = Db.Update(() => Db.Create("VDI", ("name_label", name), ("SR", Db.Pool.Text("default_SR")), ("virtual_size", 1L << 20), ("managed", true), ("allowed_operations", XapiValue.SetOf("destroy"))));
        var update = moment == "a disk" ? null : Db.Create("pool_update", ("uuid", Guid.NewGuid().ToString()), ("name_label", "XS82E001"), ("vdi", disk.Ref));
        if (update is not null)
            Db.Create("pool_patch", ("name_label", "XS82E001"), ("pool_update", update.Ref));
        if (moment == "applied")
            Db.Update(() => Db.Get("host", Pool.Hosts[0].Ref)["updates"] = XapiValue.SetOf(update!.Ref));
        await RememberAsync(new() { Mark = Mark, Act = 1, Target = Key, To = Key.Pool, Snapshot = name });

        await Pool.CleanAsync(Token);

        Assert.False(Db.Exists("VDI", disk.Ref));
        Assert.Equal(moment == "applied", update is not null && Db.Exists("pool_update", update.Ref));
        Assert.Empty(Pool.Kept.All);
    }

    [Fact]
    public async Task Clean_WhileAHostIsAtIt_WaitsForTheHost()
    {
        await StartAsync(OldPool.UpTo70);
        var patch = Db.Update(() => Db.Create("pool_patch", ("uuid", Guid.NewGuid().ToString()), ("name_label", "XS70E001"), ("filename", "/var/patch/1")));
        var task = Db.Create("task", ("name_label", "Async.pool_patch.apply"), ("status", "pending"));
        var traces = new Leftover { Mark = Mark, Act = 1, Target = Key, To = Key.Pool, Made = patch.Ref };

        var early = await UpdateTraces.CleanAsync(traces, Pool.Work(Token), isLast: true);
        var hasFile = patch.Text("filename").Length > 0;
        task.Destroy();
        var late = await UpdateTraces.CleanAsync(traces, Pool.Work(Token), isLast: true);

        Assert.Equal((false, true, true), (early, hasFile, late));
        Assert.False(Db.Exists("pool_patch", patch.Ref));
    }

    private ObjectKey Key => Pool.Operated.Picture.Key(Pool.Pool);

    private Task RememberAsync(Leftover traces) => Pool.Kept.SaveAsync(traces, Token);
}
