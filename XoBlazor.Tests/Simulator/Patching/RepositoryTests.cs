using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Patching.Repositories;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>Repositories of XenServer 8: synchronised, listed, applied, and what they leave behind.</summary>
public sealed class RepositoryTests
{
    private const string Make = "hosts=2,vms=12,seed=5,release=xenserver-8";

    private static readonly CdnUpdate s_reboot = new("UPDATE-1", "Kernel") { Recommended = ["RebootHost"], Full = ["RebootHost"], Packages = ["kernel-1.x86_64.rpm"] };
    private static readonly CdnUpdate s_guests = new("UPDATE-2", "Firmware of guests") { Full = ["RestartVM"], Recommended = ["RestartDeviceModel"] };

    [Fact]
    public async Task Updates_OfAMadePool_AreListedForEachHostAndOnceForAll()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,updates=5,release=xenserver-8");

        var document = await ListAsync(pool);

        Assert.Equal(["hosts", "updates", "hash"], document.EnumerateObject().Select(member => member.Name));
        var hosts = document.GetProperty("hosts").EnumerateArray().ToDictionary(host => host.GetProperty("ref").GetString()!);
        Assert.Equal(5, hosts[pool.Db.All("host")[0].Ref].GetProperty("updates").GetArrayLength());
        Assert.Equal(4, hosts[pool.Db.All("host")[1].Ref].GetProperty("updates").GetArrayLength());
        Assert.All(hosts.Values, host => Assert.Equal(["ref", "guidance", "RPMS", "updates", "livepatches"], host.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(5, document.GetProperty("updates").GetArrayLength());
        Assert.All(document.GetProperty("updates").EnumerateArray(), update => Assert.Equal(
            ["id", "summary", "description", "special-info", "URL", "type", "issued", "severity", "livepatches", "guidance"], update.EnumerateObject().Select(member => member.Name)));
        Assert.All(pool.Hosts, host => Assert.Equal("no", host.Text("latest_synced_updates_applied")));
    }

    [Fact]
    public async Task Updates_WithAName_OrASession_OrNeither()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,updates=1,release=xenserver-8");
        using var http = new HttpClient { BaseAddress = pool.Pool.HttpUrl };

        using var nobody = await http.GetAsync("updates", TestContext.Current.CancellationToken);
        using var session = await http.GetAsync($"updates?session_id={pool.Client.Session}", TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("root:secret")));
        using var root = await http.GetAsync("updates", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK), (nobody.StatusCode, session.StatusCode, root.StatusCode));
    }

    [Fact]
    public async Task SyncUpdates_AfterAnUpdateWasPublished_HasAnotherHashAndListsIt()
    {
        await using var pool = await PatchingPool.StartAsync(Make);
        var first = (await SyncAsync(pool)).GetString();
        pool.Pool.Catalogue.Publish(s_reboot);

        var before = await ListAsync(pool);
        var second = (await SyncAsync(pool)).GetString();
        var after = await ListAsync(pool);

        Assert.NotEqual(first, second);
        Assert.Equal(0, before.GetProperty("updates").GetArrayLength());
        Assert.Equal("UPDATE-1", Assert.Single(after.GetProperty("updates").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(second, after.GetProperty("hash").GetString());
        Assert.Equal(second, pool.Db.All("Repository").Single(repository => repository.Bool("update")).Text("hash"));
    }

    [Fact]
    public async Task ApplyUpdates_OfAHost_LeavesWhatItAndTheVmsNeed()
    {
        await using var pool = await PatchingPool.StartAsync(Make);
        pool.Pool.Catalogue.Publish(s_reboot, s_guests);
        var hash = (await SyncAsync(pool)).GetString();
        var host = pool.Hosts[0];

        var warnings = await pool.CallAsync("host.apply_updates", host.Ref, hash);

        Assert.Equal(0, warnings.GetArrayLength());
        Assert.Equal(["UPDATE-1", "UPDATE-2"], pool.Pool.Catalogue.AppliedOn(host.Uuid).Order());
        Assert.Empty(host["pending_guidances"].AsTexts);
        Assert.Equal(["reboot_host"], host["pending_guidances_recommended"].AsTexts);
        Assert.Equal(["reboot_host"], host["pending_guidances_full"].AsTexts);
        Assert.Equal(("yes", hash, false), (host.Text("latest_synced_updates_applied"), host.Text("last_update_hash"), host.Bool("enabled")));
        Assert.Equal("no", pool.Hosts[1].Text("latest_synced_updates_applied"));
        var running = pool.Db.Where("VM", "power_state", "Running").Where(vm => !vm.Bool("is_control_domain")).ToList();
        Assert.NotEmpty(running);
        Assert.All(running, vm => Assert.Equal(["restart_vm"], vm["pending_guidances_full"].AsTexts));
    }

    [Fact]
    public async Task ApplyUpdates_ThatMustNotBe_SaysWhy()
    {
        await using var pool = await PatchingPool.StartAsync(Make);
        pool.Pool.Catalogue.Publish(new CdnUpdate("UPDATE-3", "Hypervisor") { Mandatory = ["EvacuateHost"] });
        var host = pool.Db.All("host").First(one => one.FollowAll("resident_VMs", "VM").Count > 1);
        var unsynchronised = await pool.FailureAsync("host.apply_updates", host.Ref, "");
        var hash = (await SyncAsync(pool)).GetString();

        var other = await pool.FailureAsync("host.apply_updates", host.Ref, "0123");
        var inhabited = await pool.FailureAsync("host.apply_updates", host.Ref, hash);
        pool.Db.Pool["ha_enabled"] = true;
        var protectedPool = await pool.FailureAsync("host.apply_updates", host.Ref, hash);
        pool.Db.Pool["ha_enabled"] = false;
        host["pending_guidances"] = XapiValue.SetOf("reboot_host");
        var waiting = await pool.FailureAsync("host.apply_updates", host.Ref, hash);

        Assert.Equal(["UPDATEINFO_HASH_MISMATCH"], unsynchronised);
        Assert.Equal(["UPDATEINFO_HASH_MISMATCH"], other);
        Assert.Equal(["HOST_EVACUATION_IS_REQUIRED", host.Ref], inhabited);
        Assert.Equal(["HA_IS_ENABLED"], protectedPool);
        Assert.Equal(["HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", host.Ref], waiting);
    }

    [Fact]
    public async Task ApplyUpdates_WhoseLivepatchFails_WarnsAndAsksForAReboot()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,updates=1,release=xenserver-8");
        pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "Repository.apply_livepatch", Error = ["INTERNAL_ERROR", "no"] });
        var hash = (await ListAsync(pool)).GetProperty("hash").GetString();

        var warnings = await pool.CallAsync("host.apply_updates", pool.Hosts[0].Ref, hash);

        Assert.Equal("APPLY_LIVEPATCH_FAILED", warnings[0][0].GetString());
        Assert.Contains("reboot_host_on_xen_livepatch_failure", pool.Hosts[0]["pending_guidances_recommended"].AsTexts);
        Assert.DoesNotContain("reboot_host", pool.Hosts[0]["pending_guidances_recommended"].AsTexts);
    }

    [Fact]
    public async Task Guidances_OfHostAndVms_AreSettledByTheirRestarts()
    {
        await using var pool = await PatchingPool.StartAsync(Make);
        pool.Pool.Catalogue.Publish(s_reboot with { Recommended = [] }, s_guests);
        var hash = (await SyncAsync(pool)).GetString();
        var vm = pool.Db.Where("VM", "power_state", "Running").First(one => !one.Bool("is_control_domain"));
        var host = vm.Follow("resident_on", "host")!;
        await pool.CallAsync("host.apply_updates", host.Ref, hash);
        var asked = vm["pending_guidances_recommended"].AsTexts.ToList();

        await pool.CallAsync("VM.hard_reboot", vm.Ref);
        var left = vm["pending_guidances_full"].AsTexts.Concat(vm["pending_guidances_recommended"].AsTexts).ToList();
        await pool.CallAsync("host.reboot", host.Ref);
        using var again = await HostRestartTests.LogInAgainAsync(pool);
        await pool.UntilAsync(() => host.Bool("enabled"));

        Assert.Equal(["restart_device_model"], asked);
        Assert.Empty(left);
        Assert.Empty(host["pending_guidances_recommended"].AsTexts.Concat(host["pending_guidances_full"].AsTexts));
    }

    [Fact]
    public async Task Repositories_OfAPool_AreIntroducedEnabledAndForgotten()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=xenserver-8");
        var poolRef = pool.Db.Pool.Ref;
        var inUse = await pool.FailureAsync("Repository.forget", pool.Db.All("Repository")[0].Ref);
        await pool.CallAsync("pool.set_repositories", poolRef, Array.Empty<string>());

        var none = await pool.FailureAsync("pool.sync_updates", poolRef, false);
        var introduced = (await pool.CallAsync("Repository.introduce", "mine", "", "https://repo.example.com/updates", "", true, "")).GetString()!;
        var twice = await pool.FailureAsync("Repository.introduce", "mine", "", "https://repo.example.com/other", "", true, "");
        await pool.CallAsync("pool.add_repository", poolRef, introduced);
        var hash = (await SyncAsync(pool)).GetString();

        Assert.Equal(["REPOSITORY_IS_IN_USE"], inUse);
        Assert.Equal(["NO_REPOSITORY_ENABLED"], none);
        Assert.Equal(["REPOSITORY_ALREADY_EXISTS", introduced], twice);
        Assert.Equal(64, hash!.Length);
    }

    private static Task<JsonElement> SyncAsync(PatchingPool pool) => pool.CallAsync("pool.sync_updates", pool.Db.Pool.Ref, false);

    private static async Task<JsonElement> ListAsync(PatchingPool pool)
    {
        using var http = new HttpClient { BaseAddress = pool.Pool.HttpUrl };
        var body = await http.GetByteArrayAsync(new Uri($"updates?session_id={pool.Client.Session}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
