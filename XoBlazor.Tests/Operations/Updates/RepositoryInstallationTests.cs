using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Repositories;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Patching.Repositories;
using XoBlazor.Tests.Operations.Simulated;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>Updates of XenServer 8 hosts, which come from their pool's copy of its repositories.</summary>
public sealed class RepositoryInstallationTests : IAsyncLifetime
{
    private static readonly CdnUpdate s_kernel = new("U-1", "Kernel") { Recommended = ["RebootHost"], Full = ["RebootHost"] };
    private static readonly CdnUpdate s_toolstack = new("U-2", "Toolstack") { Recommended = ["RestartToolstack"] };
    private static readonly CdnUpdate s_empty = new("U-3", "Storage") { Mandatory = ["EvacuateHost"] };
    private static readonly CdnUpdate s_mandatory = new("U-4", "Microcode") { Mandatory = ["RebootHost"] };
    private static readonly CdnUpdate s_livepatch = new("U-5", "Hypervisor") { Recommended = ["RebootHost"], Livepatch = new("xen", "9f2c5e0d", "4.17.5-8.xs8", "4.17.5-9.xs8") };

    private readonly CancellationTokenSource _patience = Patience.Source();
    private OperatedPool _pool = null!;

    private Pool Pool => _pool.Picture.Pool!;

    private Host Coordinator => _pool.Picture.Coordinator()!;

    /// <summary>With VMs.</summary>
    private Host Member => _pool.Any<Host>(host => !_pool.Picture.IsCoordinator(host));

    private UpdateCatalogue Catalogue => _pool.Fleet.Pool.Catalogue;

    private Database Db => _pool.Fleet.Pool.Simulator.Db;

    public async ValueTask InitializeAsync() => _pool = await OperatedPool.StartAsync(_patience.Token, "hosts=2,vms=12,seed=5,release=xenserver-8");

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Check_TellsWhatTheCoordinatorLists()
    {
        await PublishAsync(s_kernel, s_toolstack);

        var result = await _pool.RunAsync("host.check_updates", Member);

        Assert.Equal((OperationEnd.Succeeded, $"Done. {_pool.Picture.NameOf(Member)} lacks 2 updates."), (result.End, result.Message));
        Assert.Equal(["U-1", "U-2"], result.Answer!.AsArray().Select(update => (string)update!["id"]!));
    }

    [Fact]
    public async Task Sync_TellsHowManyHostsLackSomething()
    {
        Catalogue.Publish(s_kernel);

        var result = await _pool.RunAsync("pool.sync_updates", Pool);

        Assert.Equal("Done. The copy is of now; 2 of 2 hosts lack updates.", result.Message);
    }

    [Fact]
    public async Task Sync_WhileAnotherIsUnderWay_WaitsForItsEnd()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pool.Fleet.Pool.Simulator.Calls.Register("pool.sync_updates", (Action<XoBlazor.Simulator.Calls.CallContext>)(_ =>
        {
            asked.TrySetResult();
            throw new XoBlazor.Simulator.Calls.XapiException("SYNC_UPDATES_IN_PROGRESS");
        }));
        var run = _pool.RunAsync("pool.sync_updates", Pool);
        await asked.Task.WaitAsync(_patience.Token);
        Assert.False(run.IsCompleted);

        Db.Update(() => Db.Pool["last_update_sync"] = TimeProvider.System.GetUtcNow().AddMinutes(1));

        Assert.Equal(OperationEnd.Succeeded, (await run).End);
    }

    [Fact]
    public async Task InstallOnHost_InstallsThereAndNowhereElse_AndTheHostIsInServiceAgain()
    {
        await PublishAsync(s_kernel, s_toolstack);
        var member = Member;

        await _pool.SucceedsAsync("host.install_updates", member, null, now => UpdateNeeds.NeedsReboot(now, now.GetByUuid<Host>(member.Uuid)!) && now.GetByUuid<Host>(member.Uuid)!.Enabled);

        Assert.Equal(["U-1", "U-2"], Catalogue.AppliedOn(member.Uuid).Order(StringComparer.Ordinal));
        Assert.Empty(Catalogue.AppliedOn(Coordinator.Uuid));
        Assert.True(Db.GetByUuid("host", member.Uuid).Bool("enabled"));
        Assert.Contains(Attention.In(_pool.Picture), need => need.About.Ref == member.Ref && need.Words.Contains("reboot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InstallOnHost_ThatSomebodyTookOutOfService_StaysOut()
    {
        await PublishAsync(s_toolstack);
        var member = Member;
        await _pool.SucceedsAsync("host.disable", member, null, now => !now.GetByUuid<Host>(member.Uuid)!.Enabled);

        await _pool.SucceedsAsync("host.install_updates", member, null, now => UpdateNeeds.NeedsToolstack(now.GetByUuid<Host>(member.Uuid)!));

        Assert.False(Db.GetByUuid("host", member.Uuid).Bool("enabled"));
    }

    [Fact]
    public async Task InstallOnPool_TheCoordinatorGoesFirst()
    {
        await PublishAsync(s_toolstack);
        var told = new List<string>();

        await _pool.Installer.InstallOnPoolAsync(_pool.Picture.Uuid, told.Add, _patience.Token);

        Assert.Equal([$"{Coordinator.NameLabel} installs 1 update", $"{Member.NameLabel} installs 1 update"], told.Where(words => words.Contains("installs", StringComparison.Ordinal)));
        Assert.Equal(["U-2"], Catalogue.AppliedOn(Coordinator.Uuid));
        Assert.Equal(["U-2"], Catalogue.AppliedOn(Member.Uuid));
    }

    [Fact]
    public async Task Install_SomebodySynchronisedMeanwhile_InstallsWhatIsThereNowAndSaysSo()
    {
        await PublishAsync(s_kernel);
        await _pool.RunAsync("host.check_updates", Member);
        Catalogue.Publish(s_toolstack);
        await _pool.Fleet.Fleet.Find(_pool.Picture.Uuid)!.CallTextAsync("pool.sync_updates", [Pool.Ref, false], _patience.Token);

        var result = await _pool.RunAsync("host.install_updates", Member);

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Contains("were synchronised meanwhile", result.Message, StringComparison.Ordinal);
        Assert.Equal(["U-1", "U-2"], Catalogue.AppliedOn(Member.Uuid).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Install_ALivepatchFails_IsToldWithTheHost()
    {
        await PublishAsync(s_livepatch);
        var member = Member;
        _pool.Fleet.Pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "Repository.apply_livepatch", Error = ["INTERNAL_ERROR", "no"] });

        var result = await _pool.RunAsync("host.install_updates", member);

        Assert.Equal((OperationEnd.Succeeded, true), (result.End, result.HasNotes));
        Assert.Contains($"{member.NameLabel}: A livepatch could not be applied", result.Message, StringComparison.Ordinal);
        await _pool.Fleet.UntilPictureAsync(now => UpdateNeeds.Of(now, now.GetByUuid<Host>(member.Uuid)!).Any(task => task.Why.StartsWith("a livepatch", StringComparison.Ordinal)), _patience.Token);
    }

    [Fact]
    public async Task Install_WhatIsMandatoryComesFirst_LeavesTheHostOutOfServiceAndSaysSo()
    {
        await PublishAsync(s_mandatory);

        var result = await _pool.RunAsync("host.install_updates", Member);

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Contains("stays out of service until", result.Message, StringComparison.Ordinal);
        Assert.False(Db.GetByUuid("host", Member.Uuid).Bool("enabled"));
    }

    [Fact]
    public async Task InstallOnPool_AHostStaysOutOfService_LeavesTheOthersInIt()
    {
        await PublishAsync(s_mandatory);

        var result = await _pool.RunAsync("pool.install_updates", Pool);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains($"{Coordinator.NameLabel} stays out of service until", result.Message, StringComparison.Ordinal);
        Assert.Contains($"Done before that: {Coordinator.NameLabel} is up to date.", result.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (Catalogue.AppliedOn(Coordinator.Uuid).Count, Catalogue.AppliedOn(Member.Uuid).Count));
        Assert.Equal((false, true), (Db.GetByUuid("host", Coordinator.Uuid).Bool("enabled"), Db.GetByUuid("host", Member.Uuid).Bool("enabled")));
    }

    [Theory]
    [InlineData("APPLY_UPDATES_FAILED", "could not install its updates")]
    [InlineData("HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", "come first")]
    [InlineData("APPLY_UPDATES_IN_PROGRESS", "Updates are being installed in this pool.")]
    [InlineData("INVALID_UPDATEINFO_XML", "cannot be read")]
    public async Task Install_IsRefused_SaysWhyAndTheHostIsInServiceAgain(string code, string words)
    {
        await PublishAsync(s_kernel);
        // It has left service by then, as on a real host.
        _pool.Fleet.Pool.Simulator.Calls.Register("host.apply_updates", (Action<XoBlazor.Simulator.Calls.CallContext>)(call =>
        {
            call.Object("self")["enabled"] = false;
            throw new XoBlazor.Simulator.Calls.XapiException(code, call.Object("self").Ref);
        }));

        var result = await _pool.RunAsync("host.install_updates", Member);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("OpaqueRef", result.Message, StringComparison.Ordinal);
        Assert.True(Db.GetByUuid("host", Member.Uuid).Bool("enabled"));
    }

    [Fact]
    public async Task Install_ThatNeedsAnEmptyHost_SaysSo()
    {
        await PublishAsync(s_empty);
        var inhabited = _pool.Any<Host>(host => _pool.Picture.VmsOn(host).Any());

        var result = await _pool.RunAsync("host.install_updates", inhabited);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains($"Put {inhabited.NameLabel} into maintenance first", result.Message, StringComparison.Ordinal);
        Assert.True(Db.GetByUuid("host", inhabited.Uuid).Bool("enabled"));
    }

    [Fact]
    public async Task Install_WithHaOn_IsRefusedBeforeAnythingIsDone()
    {
        Db.Update(() => Db.Pool["ha_enabled"] = true);
        await _pool.Fleet.UntilPictureAsync(now => now.Pool!.HaEnabled, _patience.Token);

        Assert.Contains("is switched on", await _pool.RefusalAsync("host.install_updates", Member), StringComparison.Ordinal);
        Assert.Contains("is switched on", await _pool.RefusalAsync("pool.install_updates", Pool), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NothingSynchronisedYet_SynchronisesFirst()
    {
        Catalogue.Publish(s_kernel);
        var repositories = Pool.Repositories;
        var reset = new JsonObject { ["repositories"] = new JsonArray([.. _pool.Picture.Get(repositories).Select(one => (JsonNode)one.Uuid)]) };
        await _pool.SucceedsAsync("pool.set_update_sources", Pool, reset, RepositoryFacts.NeedsSync);

        var before = await _pool.RunAsync("host.check_updates", Member);
        await _pool.SucceedsAsync("pool.install_updates", Pool, null, now => !RepositoryFacts.NeedsSync(now));

        Assert.Contains("has not synchronised with its repositories yet", before.Message, StringComparison.Ordinal);
        Assert.Equal(["U-1"], Catalogue.AppliedOn(Member.Uuid));
    }

    [Fact]
    public async Task WithoutRepositories_AllSayWhatHelps()
    {
        await _pool.SucceedsAsync("pool.set_update_sources", Pool, new() { ["repositories"] = new JsonArray() }, now => now.Pool!.Repositories.IsEmpty);

        Assert.Contains("Choose them on its Updates tab", (await _pool.RunAsync("host.check_updates", Member)).Message, StringComparison.Ordinal);
        Assert.Contains("Choose them on its Updates tab", await _pool.RefusalAsync("pool.sync_updates", Pool), StringComparison.Ordinal);
        Assert.Contains("Choose them on its Updates tab", await _pool.RefusalAsync("host.install_updates", Member), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET_UPDATES_FAILED", "What the hosts lack could not be found out.")]
    [InlineData("SOMETHING_NEW", "something new")]
    public async Task Check_TheCoordinatorFails_SaysWhy(string code, string words)
    {
        _pool.Fleet.Pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "GET /updates", Error = [code, "x"] });

        var result = await _pool.RunAsync("host.check_updates", Member);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_ScheduleAndProxy_AreSet()
    {
        await _pool.SucceedsAsync("pool.set_update_sources", Pool, new() { ["syncFrequency"] = "weekly", ["syncDay"] = "tuesday", ["syncEnabled"] = true },
            now => now.Pool is { UpdateSyncFrequency: UpdateSyncFrequency.Weekly, UpdateSyncDay: 2, UpdateSyncEnabled: true });
        await _pool.SucceedsAsync("pool.set_update_sources", Pool, new() { ["syncDay"] = "friday" }, now => now.Pool!.UpdateSyncDay == 5);
        await _pool.SucceedsAsync("pool.set_update_sources", Pool, new() { ["syncFrequency"] = "daily" }, now => now.Pool is { UpdateSyncFrequency: UpdateSyncFrequency.Daily, UpdateSyncDay: 0 });
        await _pool.SucceedsAsync("pool.set_update_proxy", Pool, new() { ["url"] = "http://proxy:3128", ["username"] = "ada", ["password"] = "hidden" },
            now => now.Pool is { RepositoryProxyUrl: "http://proxy:3128", RepositoryProxyUsername: "ada" });
        var half = await _pool.RefusalAsync("pool.set_update_proxy", Pool, new() { ["url"] = "http://proxy:3128", ["username"] = "ada" });
        await _pool.SucceedsAsync("pool.set_update_proxy", Pool, [], now => now.Pool!.RepositoryProxyUrl.Length == 0);

        Assert.Contains("go together", half, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repository_IsAddedAndForgotten_NotWhileItIsUsed()
    {
        var added = await _pool.MakesAsync<UpdateRepository>("pool.add_update_repository", Pool, new() { ["name"] = "extra", ["url"] = "https://repo.example.com/extra", ["holdsUpdates"] = false });
        await _pool.Fleet.UntilPictureAsync(now => now.Pool!.Repositories.Any(used => used.Value == added.Ref), _patience.Token);
        var used = await _pool.RefusalAsync("pool.forget_update_repository", Pool, new() { ["repository"] = "extra" });
        var unknown = await _pool.RefusalAsync("pool.forget_update_repository", Pool, new() { ["repository"] = "another" });
        var twice = await _pool.RunAsync("pool.add_update_repository", Pool, new() { ["name"] = "extra", ["url"] = "https://repo.example.com/other" });
        await _pool.SucceedsAsync("pool.set_update_sources", Pool, new() { ["repositories"] = new JsonArray() }, now => now.Pool!.Repositories.IsEmpty);
        await _pool.SucceedsAsync("pool.forget_update_repository", Pool, new() { ["repository"] = added.Uuid }, now => now.Get(new XenRef<UpdateRepository>(added.Ref)) is null);

        Assert.Contains("uses extra", used, StringComparison.Ordinal);
        Assert.Contains("no repository of that name", unknown, StringComparison.Ordinal);
        Assert.Contains("knows extra already", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheRight_IsRefused()
    {
        _pool.Grant([], (Role.VmAdministrator, Pool), (Role.VmAdministrator, Member));

        Assert.Contains("Install updates", await _pool.RefusalAsync("host.install_updates", Member, by: OperatedPool.Bob), StringComparison.Ordinal);
        Assert.Contains("Synchronise pools", await _pool.RefusalAsync("pool.sync_updates", Pool, by: OperatedPool.Bob), StringComparison.Ordinal);
        Assert.Contains("Choose where pools take updates from", await _pool.RefusalAsync("pool.set_update_proxy", Pool, by: OperatedPool.Bob), StringComparison.Ordinal);
        Assert.Equal(OperationEnd.Succeeded, (await _pool.RunAsync("host.check_updates", Member, by: OperatedPool.Bob)).End);
    }

    [Fact]
    public async Task DeviceModelOfAVm_RestartsWhereUpdatesAskForIt()
    {
        var vm = _pool.Any<Vm>(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running && one.AllowedOperations.Contains(VmOperation.PoolMigrate));
        Db.Update(() => Db.GetByUuid("VM", vm.Uuid)["pending_guidances_recommended"] = XapiValue.SetOf("restart_device_model"));
        await _pool.Fleet.UntilPictureAsync(now => UpdateNeeds.Of(now, now.GetByUuid<Vm>(vm.Uuid)!) is { Need: UpdateNeed.RestartDeviceModels }, _patience.Token);

        await _pool.SucceedsAsync("vm.restart_device_models", vm, null, now => UpdateNeeds.Of(now, now.GetByUuid<Vm>(vm.Uuid)!) is null);
    }

    private async Task PublishAsync(params CdnUpdate[] updates)
    {
        Catalogue.Publish(updates);
        Assert.Equal(OperationEnd.Succeeded, (await _pool.RunAsync("pool.sync_updates", Pool)).End);
    }
}
