using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>Patches as files: XenServer up to 7.0.</summary>
public sealed class PoolPatchTests
{
    [Theory]
    [InlineData("xenserver-6.5")]
    [InlineData("xenserver-7.0")]
    public async Task PoolApply_OfAFile_IsOnEveryHost(string release)
    {
        await using var pool = await PatchingPool.StartAsync($"hosts=2,vms=0,release={release}");
        var made = new MadeUpdate("XS65E999") { Guidance = ["restartHost", "restartXAPI"] };

        var (status, result) = await PatchUploads.PutAsync(pool, made.File);
        await pool.CallAsync("pool_patch.pool_apply", result);

        var patch = pool.Db.Get("pool_patch", result);
        Assert.Equal("success", status);
        Assert.Equal((made.Uuid, made.Name, made.Description, (long)made.File.Length), (patch.Uuid, patch.Text("name_label"), patch.Text("name_description"), patch.Int("size")));
        Assert.Equal(["restartHost", "restartXAPI"], patch["after_apply_guidance"].AsTexts);
        Assert.True(patch.Bool("pool_applied"));
        Assert.All(pool.Hosts, host => Assert.True(Assert.Single(host.FollowAll("patches", "host_patch")).Bool("applied")));
        Assert.Equal(["PATCH_ALREADY_APPLIED", result], await pool.FailureAsync("pool_patch.precheck", result, pool.Hosts[0].Ref));
        Assert.Equal(["PATCH_IS_APPLIED"], await pool.FailureAsync("pool_patch.destroy", result));
    }

    [Fact]
    public async Task Upload_OfAKnownPatch_IsRefusedUntilItIsCleanedAway()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=xenserver-7.0");
        var made = new MadeUpdate("XS70E999");
        var (_, patch) = await PatchUploads.PutAsync(pool, made.File);

        var refused = await PatchUploads.PutAsync(pool, made.File);
        await pool.CallAsync("pool_patch.pool_clean", patch);
        var cleaned = await pool.FailureAsync("pool_patch.apply", patch, pool.Hosts[0].Ref);
        var again = await PatchUploads.PutAsync(pool, made.File);

        Assert.Equal(("failure", $"PATCH_ALREADY_EXISTS {made.Uuid}"), refused);
        Assert.Equal(["CANNOT_FIND_PATCH"], cleaned);
        Assert.Equal(("success", patch), again);
    }

    [Fact]
    public async Task Upload_OfSomethingElse_IsNoPatch()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=xenserver-7.0");

        Assert.Equal(("failure", "INVALID_PATCH"), await PatchUploads.PutAsync(pool, new byte[500_000]));
        Assert.Empty(pool.Db.All("pool_patch"));
    }

    [Fact]
    public async Task Precheck_OfWhatThePatchNeeds_NamesIt()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=xenserver-7.0");
        var first = new MadeUpdate("XS70E001");
        var (_, needy) = await PatchUploads.PutAsync(pool, new MadeUpdate("XS70E002") { Requires = [first.Uuid] }.File);
        var (_, foreign) = await PatchUploads.PutAsync(pool, new MadeUpdate("XS65E001") { RequiredVersion = "6.5.0" }.File);

        Assert.Equal(["PATCH_PRECHECK_FAILED_PREREQUISITE_MISSING", needy, first.Uuid], await pool.FailureAsync("pool_patch.apply", needy, pool.Hosts[0].Ref));
        Assert.Equal(["PATCH_PRECHECK_FAILED_WRONG_SERVER_VERSION", foreign, "7.0.0", "6.5.0"], await pool.FailureAsync("pool_patch.precheck", foreign, pool.Hosts[0].Ref));
    }

    [Fact]
    public async Task PoolApply_ThatFailsOnOneHost_StopsThere()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,release=xenserver-7.0");
        var (_, patch) = await PatchUploads.PutAsync(pool, new MadeUpdate("XS70E001").File);
        pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "pool_patch.apply", Host = pool.Db.All("host")[1].Uuid, Error = ["PATCH_APPLY_FAILED", "no room"] });

        var failure = await pool.FailureAsync("pool_patch.pool_apply", patch);

        Assert.Equal(["PATCH_APPLY_FAILED", "no room"], failure);
        Assert.Single(pool.Db.Get("pool_patch", patch)["host_patches"].AsTexts);
        Assert.False(pool.Db.Get("pool_patch", patch).Bool("pool_applied"));
    }
}
