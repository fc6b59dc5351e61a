using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Operations.Simulated;
using XoBlazor.Tests.Patching;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>Updates of XCP-ng hosts, which fetch them themselves.</summary>
public sealed class PackageInstallationTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private OperatedPool _pool = null!;
    private FakeUpdater _updater = null!;

    private Host Coordinator => _pool.Picture.Coordinator()!;

    private Host Member => _pool.Any<Host>(host => !_pool.Picture.IsCoordinator(host));

    public async ValueTask InitializeAsync()
    {
        _pool = await OperatedPool.StartAsync(_patience.Token);
        _updater = new(_pool.Fleet.Pool);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Check_TellsWhatIsMissing()
    {
        _updater.Lacks(Member.Ref, "kernel", "xapi-core");

        var result = await _pool.RunAsync("host.check_updates", Member);

        Assert.Equal((OperationEnd.Succeeded, $"Done. {_pool.Picture.NameOf(Member)} lacks 2 updates."), (result.End, result.Message));
        Assert.Equal(["kernel", "xapi-core"], result.Answer!.AsArray().Select(update => (string)update!["id"]!));
    }

    [Fact]
    public async Task InstallOnHost_InstallsThereAndNowhereElse_AndTheHostAsksForAReboot()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Lacks(Coordinator.Ref, "kernel");
        Assert.False(UpdateNeeds.NeedsReboot(_pool.Picture, Member));

        await _pool.SucceedsAsync("host.install_updates", Member, null, now => UpdateNeeds.NeedsReboot(now, now.GetByUuid<Host>(Member.Uuid)!));

        Assert.Equal([Member.Ref], _updater.Asked.Where(one => one.Function == "update").Select(one => one.Host));
        Assert.False(UpdateNeeds.NeedsReboot(_pool.Picture, Coordinator));
        Assert.Contains(Attention.In(_pool.Picture), need => need.About.Ref == Member.Ref && need.Words.Contains("reboot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InstallOnPool_GoesHostByHostCoordinatorFirst_AndLeavesAloneWhoLacksNothing()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Lacks(Coordinator.Ref, "kernel");

        await _pool.SucceedsAsync("pool.install_updates", _pool.Picture.Pool!, null, _ => true);
        Assert.Equal([Coordinator.Ref, Member.Ref], _updater.Asked.Where(one => one.Function == "update").Select(one => one.Host));

        await _pool.SucceedsAsync("pool.install_updates", _pool.Picture.Pool!, null, _ => true);
        Assert.Equal(2, _updater.Asked.Count(one => one.Function == "update"));
    }

    [Fact]
    public async Task InstallOnPool_OnlyTheHostsThatAreNamed()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Lacks(Coordinator.Ref, "kernel");

        await _pool.SucceedsAsync("pool.install_updates", _pool.Picture.Pool!, new() { ["hosts"] = new JsonArray(Member.Uuid) }, _ => true);

        Assert.Equal([Member.Ref], _updater.Asked.Where(one => one.Function == "update").Select(one => one.Host));
    }

    [Fact]
    public async Task InstallOnPool_AHostFails_SaysWhichAndWhatIsDone()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Lacks(Coordinator.Ref, "kernel");
        _updater.Failing = Member.Ref;

        var result = await _pool.RunAsync("pool.install_updates", _pool.Picture.Pool!);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains($"{_pool.Picture.NameOf(Member)} could not install its updates: yum: no space left on device", result.Message, StringComparison.Ordinal);
        Assert.Contains($"Done before that: {_pool.Picture.NameOf(Coordinator)} is up to date.", result.Message, StringComparison.Ordinal);
        Assert.False(UpdateNeeds.NeedsReboot(_pool.Picture, Member));
    }

    [Fact]
    public async Task Install_WhileAnotherIsUnderWay_IsRefused()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Gate = new();
        var first = _pool.RunAsync("host.install_updates", Member);
        while (_updater.Asked.Count == 0)
            await Task.Delay(10, _patience.Token);

        var second = await _pool.RunAsync("pool.install_updates", _pool.Picture.Pool!);
        _updater.Gate.SetResult();

        Assert.Contains("already", second.Message, StringComparison.Ordinal);
        Assert.Equal(OperationEnd.Succeeded, (await first).End);
    }

    [Fact]
    public async Task Install_WithoutTheRight_IsRefusedBeforeAnybodyIsAsked()
    {
        _pool.Grant([], (Role.VmAdministrator, _pool.Picture.Pool!), (Role.VmAdministrator, Member));

        Assert.Contains("Install updates", await _pool.RefusalAsync("pool.install_updates", _pool.Picture.Pool!, by: OperatedPool.Bob), StringComparison.Ordinal);
        Assert.Contains("Install updates", await _pool.RefusalAsync("host.install_updates", Member, by: OperatedPool.Bob), StringComparison.Ordinal);
        Assert.Empty(_updater.Asked);
        Assert.Equal(OperationEnd.Succeeded, (await _pool.RunAsync("host.check_updates", Member, by: OperatedPool.Bob)).End);
    }

    [Fact]
    public async Task Installer_ForARollingUpdate_TellsWhatGoesOn()
    {
        _updater.Lacks(Member.Ref, "kernel");
        var told = new List<string>();

        await _pool.Installer.InstallOnHostAsync(_pool.Picture.Key(Member), told.Add, _patience.Token);
        await _pool.Installer.InstallOnHostAsync(_pool.Picture.Key(Member), told.Add, _patience.Token);

        Assert.Single(_updater.Asked, one => one.Function == "update");
        Assert.Equal($"{_pool.Picture.NameOf(Member)} lacks nothing", told[^1]);
    }

    [Fact]
    public async Task Installer_Fails_WithWordsForPeople()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Failing = Member.Ref;

        var failure = await Assert.ThrowsAsync<PatchingException>(() => _pool.Installer.InstallOnHostAsync(_pool.Picture.Key(Member), static _ => { }, _patience.Token));

        Assert.Contains("no space left on device", failure.Message, StringComparison.Ordinal);
    }
}
