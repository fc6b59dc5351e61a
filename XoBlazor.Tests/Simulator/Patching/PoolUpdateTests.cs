using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>Updates as discs: 7.1 to 8.2.</summary>
public sealed class PoolUpdateTests
{
    [Fact]
    public async Task PoolApply_OfADisc_IsOnEveryHostAndWaitsForTheirReboot()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,release=citrix-hypervisor-8.2");
        var made = new MadeUpdate("XS82E999") { Padding = 3 << 20 };

        var update = await IntroduceAsync(pool, made);
        var status = await pool.CallAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref);
        await pool.CallAsync("pool_update.pool_apply", update.Ref);

        Assert.Equal("ok", status.GetString());
        Assert.Equal((made.Uuid, made.Name, made.Description, "1.0"), (update.Uuid, update.Text("name_label"), update.Text("name_description"), update.Text("version")));
        Assert.Equal("RPM-GPG-KEY-CH-8", update.Text("key"));
        Assert.All(pool.Hosts, host => Assert.Equal([update.Ref], host["updates"].AsTexts));
        Assert.All(pool.Hosts, host => Assert.Equal([update.Ref], host["updates_requiring_reboot"].AsTexts));
        Assert.All(pool.Hosts, host => Assert.Single(host["patches"].AsTexts));
        Assert.Equal(2, update["hosts"].AsSet.Length);
        Assert.Equal(["UPDATE_ALREADY_APPLIED_IN_POOL", update.Ref], await pool.FailureAsync("pool_update.pool_apply", update.Ref));
        Assert.Equal(["UPDATE_ALREADY_APPLIED", update.Ref], await pool.FailureAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref));
        Assert.Equal(["UPDATE_IS_APPLIED"], await pool.FailureAsync("pool_update.destroy", update.Ref));
    }

    [Fact]
    public async Task Reboot_AfterAnUpdate_SettlesWhatWaitedForIt()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,release=citrix-hypervisor-8.2");
        var update = await IntroduceAsync(pool, new MadeUpdate("XS82E999"));
        await pool.CallAsync("pool_update.apply", update.Ref, pool.Hosts[1].Ref);

        await pool.CallAsync("host.disable", pool.Hosts[1].Ref);
        await pool.CallAsync("host.reboot", pool.Hosts[1].Ref);
        await pool.UntilAsync(() => pool.Hosts[1].Bool("enabled"));

        Assert.Empty(pool.Hosts[1]["updates_requiring_reboot"].AsTexts);
        Assert.Equal([update.Ref], pool.Hosts[1]["updates"].AsTexts);
        Assert.Empty(pool.Hosts[0]["updates"].AsTexts);
    }

    [Fact]
    public async Task Introduce_OfTheSameUpdateTwice_NeedsItsDiskGone()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=xenserver-7.1");
        var made = new MadeUpdate("XS71E999");
        var update = await IntroduceAsync(pool, made);
        var second = await UploadAsync(pool, made.Disc);

        var refused = await pool.FailureAsync("pool_update.introduce", second);
        await pool.CallAsync("pool_update.pool_clean", update.Ref);
        var cleaned = await pool.FailureAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref);
        var again = await pool.CallAsync("pool_update.introduce", second);

        Assert.Equal(["UPDATE_ALREADY_EXISTS", made.Uuid], refused);
        Assert.Equal(["CANNOT_FIND_UPDATE"], cleaned);
        Assert.Equal(update.Ref, again.GetString());
        Assert.Equal(second, update.Text("vdi"));
    }

    [Fact]
    public async Task Introduce_OfSomethingElse_IsRefusedInWords()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=citrix-hypervisor-8.2");
        var noise = await UploadAsync(pool, new byte[100_000]);
        var empty = await UploadAsync(pool, IsoImage.Of(0, ("readme.txt", [1, 2, 3])));
        var broken = await UploadAsync(pool, IsoImage.Of(0, ("update.xml", "<update"u8.ToArray())));
        var nameless = await UploadAsync(pool, IsoImage.Of(0, ("update.xml", """<update uuid="x"/>"""u8.ToArray())));

        Assert.Equal(["INVALID_UPDATE", "Please upload a valid package."], await pool.FailureAsync("pool_update.introduce", noise));
        Assert.Equal(["INVALID_UPDATE", "missing update document (update.xml) in the package."], await pool.FailureAsync("pool_update.introduce", empty));
        Assert.Equal("INVALID_UPDATE", (await pool.FailureAsync("pool_update.introduce", broken))[0]);
        Assert.Equal(["INVALID_UPDATE", "missing <name-label> in update.xml"], await pool.FailureAsync("pool_update.introduce", nameless));
    }

    [Fact]
    public async Task Precheck_OfWhatTheUpdateNeeds_NamesIt()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=citrix-hypervisor-8.2");
        var host = pool.Hosts[0];
        var first = new MadeUpdate("XS82E001") { Guidance = [] };
        var (needy, enemy) = (new MadeUpdate("XS82E002") { Requires = [first.Uuid] }, new MadeUpdate("XS82E003") { Conflicts = [first.Uuid] });
        var (one, two, three) = (await IntroduceAsync(pool, first), await IntroduceAsync(pool, needy), await IntroduceAsync(pool, enemy));
        var other = await IntroduceAsync(pool, new MadeUpdate("XS71E001") { RequiredVersion = "7.1.0" });

        var missing = await pool.FailureAsync("pool_update.precheck", two.Ref, host.Ref);
        await pool.CallAsync("pool_update.apply", one.Ref, host.Ref);
        var conflict = await pool.FailureAsync("pool_update.precheck", three.Ref, host.Ref);
        await pool.CallAsync("pool_update.apply", two.Ref, host.Ref);

        Assert.Equal(["UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", two.Ref, first.Uuid], missing);
        Assert.Equal(["UPDATE_PRECHECK_FAILED_CONFLICT_PRESENT", three.Ref, first.Uuid], conflict);
        Assert.Equal(["UPDATE_PRECHECK_FAILED_WRONG_SERVER_VERSION", other.Ref, "8.2.1", "7.1.0"], await pool.FailureAsync("pool_update.precheck", other.Ref, host.Ref));
        Assert.Equal([two.Ref], host["updates_requiring_reboot"].AsTexts);
    }

    [Fact]
    public async Task Precheck_WithTheToolsDiscInAVm_SaysSo()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=30,seed=5,release=citrix-hypervisor-8.2");
        var update = await IntroduceAsync(pool, new MadeUpdate("XS82E001"));
        var disc = pool.Db.Where("SR", "is_tools_sr", true)[0].FollowAll("VDIs", "VDI")[0];
        var drive = pool.Db.All("VBD").First(vbd => vbd.Text("type") == "CD" && vbd.Follow("VM", "VM")!.Text("power_state") == "Running");
        pool.Db.Update(() =>
        {
            drive["empty"] = false;
            drive["VDI"] = disc.Ref;
        });

        Assert.Equal(["PATCH_PRECHECK_FAILED_ISO_MOUNTED", update.Ref], (await pool.FailureAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref))[..2]);
    }

    [Theory]
    [InlineData("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", 3)]
    [InlineData("UPDATE_PRECHECK_FAILED_GPGKEY_NOT_IMPORTED", 1)]
    [InlineData("UPDATE_PRECHECK_FAILED_UNKNOWN_ERROR", 2)]
    [InlineData("UPDATE_PRECHECK_FAILED_CONFLICT_PRESENT", 2)]
    [InlineData("UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", 2)]
    [InlineData("UPDATE_PRECHECK_FAILED_WRONG_SERVER_VERSION", 3)]
    public async Task Precheck_ThatIsToFail_FailsWithAllItsParametersOnThatHost(string code, int parameters)
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,release=citrix-hypervisor-8.2");
        var update = await IntroduceAsync(pool, new MadeUpdate("XS82E001"));
        pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "pool_update.precheck", Host = pool.Hosts[1].Uuid, Error = [code] });

        await pool.CallAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref);
        var failure = await pool.FailureAsync("pool_update.precheck", update.Ref, pool.Hosts[1].Ref);

        Assert.Equal([code, update.Ref], failure[..2]);
        Assert.Equal(parameters, failure.Length - 1);
    }

    [Fact]
    public async Task PoolApply_ThatFailsOnOneHost_NamesItAndLeavesTheUpdateOnTheOthers()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=3,vms=0,release=citrix-hypervisor-8.2");
        var update = await IntroduceAsync(pool, new MadeUpdate("XS82E001"));
        pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "pool_update.apply", Host = pool.Hosts[1].Uuid, Times = 1, Error = ["UPDATE_APPLY_FAILED", "yum: no"] });

        var failure = await pool.FailureAsync("pool_update.pool_apply", update.Ref);
        var between = update["hosts"].AsTexts.ToHashSet();
        await pool.CallAsync("pool_update.pool_apply", update.Ref);

        Assert.Equal(["UPDATE_POOL_APPLY_FAILED", pool.Hosts[1].Ref], failure);
        Assert.Equal([.. new[] { pool.Hosts[0].Ref, pool.Hosts[2].Ref }.Order()], between.Order());
        Assert.Equal(3, update["hosts"].AsSet.Length);
    }

    [Fact]
    public async Task Livepatch_OfAnUpdate_SparesTheReboot()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=citrix-hypervisor-8.2");
        var update = await IntroduceAsync(pool, new MadeUpdate("XS82E001") { Livepatch = "ok_livepatch_complete" });

        var before = (await pool.CallAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref)).GetString();
        pool.Db.Pool["live_patching_disabled"] = true;
        var disabled = (await pool.CallAsync("pool_update.precheck", update.Ref, pool.Hosts[0].Ref)).GetString();
        pool.Db.Pool["live_patching_disabled"] = false;
        await pool.CallAsync("pool_update.apply", update.Ref, pool.Hosts[0].Ref);

        Assert.Equal(("ok_livepatch_complete", "ok"), (before, disabled));
        Assert.Empty(pool.Hosts[0]["updates_requiring_reboot"].AsTexts);
    }

    [Fact]
    public async Task PatchUpload_OfADisc_GivesItsOlderFace()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=xenserver-7.1");
        var made = new MadeUpdate("XS71E999");

        var (status, result) = await PatchUploads.PutAsync(pool, made.Disc);
        await pool.CallAsync("pool_patch.pool_apply", result);

        Assert.Equal("success", status);
        Assert.Equal($"{made.Uuid[..8]}-0000-0000-{made.Uuid[19..]}", pool.Db.Get("pool_patch", result).Uuid);
        Assert.Equal(made.Uuid, Assert.Single(pool.Hosts[0].FollowAll("updates", "pool_update")).Uuid);
    }

    private static async Task<DbObject> IntroduceAsync(PatchingPool pool, MadeUpdate update) =>
        pool.Db.Get("pool_update", (await pool.CallAsync("pool_update.introduce", await UploadAsync(pool, update.Disc))).GetString()!);

    private static async Task<string> UploadAsync(PatchingPool pool, byte[] disc)
    {
        var sr = pool.Db.Pool.Text("default_SR");
        var vdi = (await pool.CallAsync("VDI.create", new Dictionary<string, object>
        {
            ["name_label"] = "update",
            ["name_description"] = "",
            ["SR"] = sr,
            ["virtual_size"] = disc.Length,
            ["type"] = "user",
            ["sharable"] = false,
            ["read_only"] = false,
            ["other_config"] = new Dictionary<string, string>(),
        })).GetString()!;
        var task = await pool.CallAsync("task.create", "upload", "");
        await PatchUploads.SendAsync(pool, $"import_raw_vdi?vdi={vdi}&session_id={pool.Client.Session}&task_id={task.GetString()}", disc);
        var end = await pool.EndAsync(task);
        Assert.True(end.Status == "success", string.Join(' ', end.Error));
        return vdi;
    }
}
