using System.Text.Json;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Patching;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>XCP-ng's updater as a client of <c>host.call_plugin</c> meets it.</summary>
public sealed class UpdaterTests
{
    [Fact]
    public async Task CheckUpdate_OfHostsThatDiffer_ListsForEachWhatItLacks()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,updates=5");

        var first = JsonDocument.Parse(await pool.UpdaterAsync(pool.Hosts[0], "check_update")).RootElement;
        var second = JsonDocument.Parse(await pool.UpdaterAsync(pool.Hosts[1], "check_update")).RootElement;

        Assert.Equal(5, first.GetArrayLength());
        Assert.Equal(4, second.GetArrayLength());
        var package = first.EnumerateArray().Single(item => item.GetProperty("name").GetString() == "kernel");
        Assert.Equal(["name", "version", "release", "description", "changelog", "url", "size", "license"], package.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["date", "author", "description"], package.GetProperty("changelog").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Update_OfOneHost_LeavesItNothingToInstall()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,updates=5");

        var answer = JsonDocument.Parse(await pool.UpdaterAsync(pool.Hosts[0], "update")).RootElement;

        Assert.Equal(0, answer.GetProperty("exit").GetInt32());
        Assert.Equal("[]", await pool.UpdaterAsync(pool.Hosts[0], "check_update"));
        Assert.Equal(5, pool.Pool.Packages.InstalledOn(pool.Hosts[0].Uuid).Count);
        Assert.NotEqual("[]", await pool.UpdaterAsync(pool.Hosts[1], "check_update"));
    }

    [Fact]
    public async Task Update_OfANamedPackage_InstallsThatOne()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,updates=5");

        await pool.UpdaterAsync(pool.Hosts[0], "update", ("packages", "kernel"));

        Assert.Equal("kernel", Assert.Single(pool.Pool.Packages.InstalledOn(pool.Hosts[0].Uuid)).Name);
        Assert.Equal(4, pool.Pool.Packages.PendingOf(pool.Hosts[0].Uuid).Count);
    }

    [Fact]
    public async Task CheckUpdate_OfAnotherRepository_IsAskedForByName()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0");
        pool.Pool.Packages.Offer([new Package("linstor-satellite", "1.29", "1") { Repository = "xcp-ng-linstor" }]);

        var usual = await pool.UpdaterAsync(pool.Hosts[0], "check_update");
        var asked = await pool.UpdaterAsync(pool.Hosts[0], "check_update", ("repos", "xcp-ng-linstor"));

        Assert.Equal("[]", usual);
        Assert.Contains("linstor-satellite", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckUpdate_WhileAnUpdateRuns_IsSentAway()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,updates=2", TimeSpan.FromMinutes(1));
        await pool.CallAsync("Async.host.call_plugin", pool.Hosts[0].Ref, "updater.py", "update", new Dictionary<string, string>());
        await pool.UntilAsync(() => pool.Db.All("task").Any(task => task.Text("name_label").StartsWith("Update host", StringComparison.Ordinal)));

        var check = await pool.UpdaterFailureAsync(pool.Hosts[0], "check_update");
        var update = await pool.UpdaterFailureAsync(pool.Hosts[0], "update");

        Assert.Equal(["-1", "The updater plugin is busy (current operation: update)"], check[..2]);
        Assert.Equal(["-1", "Update already in progress"], update[..2]);
    }

    [Fact]
    public async Task CheckUpdate_WhenItIsToBeBusyTwice_AnswersTheThirdTime()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,updates=2");
        pool.Misbehave(new Fault(FaultKind.UpdaterBusy) { Times = 2 });

        var first = await pool.UpdaterFailureAsync(pool.Hosts[0], "check_update");
        var second = await pool.UpdaterFailureAsync(pool.Hosts[0], "check_update");

        Assert.Equal(first, second);
        Assert.StartsWith("The updater plugin is busy", first[1], StringComparison.Ordinal);
        Assert.NotEqual("[]", await pool.UpdaterAsync(pool.Hosts[0], "check_update"));
    }

    [Fact]
    public async Task Update_WhenItIsToFail_FailsOnThatHostOnlyAndInstallsNothing()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,updates=2");
        pool.Misbehave(new Fault(FaultKind.UpdaterError) { Method = "update", Host = pool.Hosts[1].Uuid });

        await pool.UpdaterAsync(pool.Hosts[0], "update");
        var failure = await pool.UpdaterFailureAsync(pool.Hosts[1], "update");

        Assert.Equal("-1", failure[0]);
        Assert.NotEmpty(pool.Pool.Packages.PendingOf(pool.Hosts[1].Uuid));
    }

    [Fact]
    public async Task Failures_OfAnOldHost_StandInTheAnswer()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,updates=2,release=xcp-ng-8.0");
        pool.Misbehave(new Fault(FaultKind.UpdaterError) { Times = 2 });

        var check = JsonDocument.Parse(await pool.UpdaterAsync(pool.Hosts[0], "check_update")).RootElement;
        var update = JsonDocument.Parse(await pool.UpdaterAsync(pool.Hosts[0], "update")).RootElement;

        Assert.Contains("No more mirrors", check.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, update.GetProperty("exit").GetInt32());
        Assert.Contains("No more mirrors", update.GetProperty("stderr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxies_ThatAreSet_AreToldBack()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0");

        await pool.UpdaterAsync(pool.Hosts[0], "set_proxies", ("proxies", """{"xcp-ng-base":"http://proxy.example:3142"}"""));

        Assert.Equal("""{"xcp-ng-base":"http://proxy.example:3142","xcp-ng-updates":"_none_"}""", await pool.UpdaterAsync(pool.Hosts[0], "get_proxies"));
    }

    [Fact]
    public async Task Updater_OfAXenServer_IsNotThere()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=1,vms=0,release=citrix-hypervisor-8.2");

        Assert.Equal(["XENAPI_MISSING_PLUGIN", "updater.py"], await pool.UpdaterFailureAsync(pool.Hosts[0], "check_update"));
    }
}
