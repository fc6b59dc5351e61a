using System.Collections.Immutable;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Notifications.Support;

namespace XoBlazor.Tests.Notifications;

/// <summary>What each trigger finds, clause by clause.</summary>
public sealed class WatchTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Object_ThatBeginsToMatch_IsToldOnceAndItsEndToo()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted"));
        var vm = bench.Pool.Vm(1);

        bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted });
        await bench.PassAsync(s_second);
        bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted, NameDescription = "still" });
        await bench.PassAsync(s_minute);
        bench.Pool.Apply(vm);
        await bench.PassAsync(s_second);

        var parts = bench.Mail.Sent.SelectMany(one => one.Message.Parts).ToList();
        Assert.Equal([NotificationKind.Began, NotificationKind.Ended], parts.Select(part => part.Kind));
        Assert.Equal(parts[0].Incident, parts[1].Incident);
        Assert.Equal((vm.Uuid, $"https://xo.example.test/vms/{bench.Pool.Uuid}/{vm.Uuid}"), (parts[0].Uuid, parts[0].Link));
        Assert.Contains(vm.NameLabel, parts[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Object_ThatMatchedBefore_IsNoNews_UntilItStoppedTo()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted"));
        var halted = bench.Pool.Vm(0);

        await bench.PassAsync(s_minute);
        Assert.Empty(bench.Mail.Sent);
        bench.Pool.Apply(halted with { PowerState = VmPowerState.Running });
        await bench.PassAsync(s_second);
        bench.Pool.Apply(halted);
        await bench.PassAsync(s_second);

        Assert.Single(bench.Mail.Sent);
    }

    [Fact]
    public async Task Object_ThatStopsToMatch_IsTold()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:running", Stops: true));

        bench.Pool.Apply(bench.Pool.Vm(1) with { PowerState = VmPowerState.Halted });
        await bench.PassAsync(s_second);

        Assert.Contains("does not match any more", Assert.Single(bench.Mail.Titles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Object_ThatMatchesForATimeTooShort_IsNotTold()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted", For: TimeSpan.FromMinutes(5)));
        var vm = bench.Pool.Vm(1);

        bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted });
        await bench.PassAsync(4 * s_minute);
        await bench.PassAsync(s_second);
        bench.Pool.Apply(vm);
        await bench.PassAsync(2 * s_minute);
        Assert.Empty(bench.Mail.Sent);

        bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted });
        await bench.PassAsync(s_second);
        await bench.PassAsync(5 * s_minute);
        Assert.Single(bench.Mail.Sent);
    }

    [Fact]
    public async Task Object_ThatIsGone_EndsWhatWasTold()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted"));
        var vm = bench.Pool.Vm(1);
        bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted });
        await bench.PassAsync(s_second);

        bench.Pool.Remove(vm);
        await bench.PassAsync(s_second);

        Assert.Equal($"{vm.NameLabel} is gone", bench.Mail.Titles.Last());
    }

    [Fact]
    public async Task Snapshots_AreNoVms()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "name_label:fresh"));

        bench.Pool.Apply(
            new Vm { Ref = "OpaqueRef:fresh-1", Uuid = "11111111-0000-4000-8000-000000000001", NameLabel = "fresh snapshot", IsASnapshot = true },
            new Vm { Ref = "OpaqueRef:fresh-2", Uuid = "11111111-0000-4000-8000-000000000002", NameLabel = "fresh template", IsATemplate = true },
            new Vm { Ref = "OpaqueRef:fresh-3", Uuid = "11111111-0000-4000-8000-000000000003", NameLabel = "fresh one" });
        await bench.PassAsync(s_second);

        Assert.Contains("fresh one", Assert.Single(bench.Mail.Titles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_ThatChanges_IsToldWithOldAndNew_MapsWithoutValues()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.FieldChanges(XapiClass.Vm, ["name_description", "other_config"], "tags:production"));
        var vm = bench.Pool.Vm(3) with { NameDescription = "new words", OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("key", "hunter2")) };

        bench.Pool.Apply(vm, bench.Pool.Vm(1) with { NameDescription = "not in production" });
        await bench.PassAsync(s_second);
        bench.Pool.Apply(vm with { MemoryTarget = 5 });
        await bench.PassAsync(s_second);

        var part = Assert.Single(Assert.Single(bench.Mail.Sent).Message.Parts);
        Assert.Contains("nothing → new words", part.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", part.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarm_ThatIsRaised_IsToldByItsSeverity()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.AlarmRaised(AlertSeverity.Warning));

        bench.Pool.Apply(Message(bench, 1, priority: 1), Message(bench, 2, priority: 3), Message(bench, 3, priority: 5));
        await bench.PassAsync(s_second);
        await bench.PassAsync(s_minute);

        Assert.Equal([NotificationSeverity.Critical, NotificationSeverity.Warning], bench.Mail.Sent.Select(one => one.Message.Severity).OrderDescending());
    }

    [Fact]
    public async Task Alarm_OfTheTimeWhenTheServerWasDown_IsTold_AndNoneTwice()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.AlarmRaised());
        bench.Pool.Apply(Message(bench, 1));
        await bench.PassAsync(2 * s_minute);

        bench.Time.Advance(TimeSpan.FromHours(1));
        bench.Pool.Apply(Message(bench, 2));
        bench.Time.Advance(s_minute);
        await bench.RestartAsync();
        await bench.PassAsync(s_minute);

        Assert.Equal(2, bench.Mail.Sent.Count);
    }

    [Fact]
    public async Task Limit_IsToldAfterItsTime_AndWellAgainBelowTheMargin()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.Threshold(Measure.VmCpu, 80, 3 * s_minute, Margin: 10));
        var vm = bench.Pool.Vm(1).Uuid;

        foreach (var value in (float[])[.9f, .75f, .9f])
            await bench.SampleAsync(s_minute, (MetricsOwner.Vm, vm, "cpu0", value));
        Assert.Empty(bench.Mail.Sent);
        await bench.SampleAsync(s_minute, (MetricsOwner.Vm, vm, "cpu0", .9f));
        Assert.Contains("CPU use above 80 %", Assert.Single(bench.Mail.Titles), StringComparison.Ordinal);
        await bench.SampleAsync(s_minute, (MetricsOwner.Vm, vm, "cpu0", .71f));
        Assert.Single(bench.Mail.Sent);
        await bench.SampleAsync(s_minute, (MetricsOwner.Vm, vm, "cpu0", .69f));

        Assert.Contains("well again", bench.Mail.Titles.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_ThatNobodySawForAWhile_CountsFromAnew()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.Threshold(Measure.HostMemory, 80, 5 * s_minute));
        var host = bench.Pool.Picture.All<Host>().First().Uuid;
        (MetricsOwner, string, string, float)[] full = [(MetricsOwner.Host, host, "memory_total_kib", 1000), (MetricsOwner.Host, host, "memory_free_kib", 50)];

        await bench.SampleAsync(s_minute, full);
        await bench.SampleAsync(6 * s_minute);
        await bench.SampleAsync(s_minute, full);
        Assert.Empty(bench.Mail.Sent);
        foreach (var _ in Enumerable.Range(0, 5))
            await bench.SampleAsync(s_minute, full);

        Assert.Single(bench.Mail.Sent);
    }

    [Fact]
    public async Task Storage_ThatIsTooFull_IsToldThoughItWasWhenTheRuleWasMade()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.Threshold(Measure.SrUse, 80, TimeSpan.Zero));

        await bench.SampleAsync(s_minute);

        Assert.Contains("SAN volume: Used space above 80 %", bench.Mail.Titles);
    }

    [Fact]
    public async Task Task_ThatFails_IsToldOnceWithWhy()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.TaskFailed());
        var task = (XapiTask)bench.Pool.Picture.Get("OpaqueRef:task-0")!;

        bench.Pool.Apply(task with { Status = XapiTaskStatus.Failure, ErrorInfo = ["HOST_NOT_ENOUGH_FREE_MEMORY", "1", "2"], Finished = bench.Time.GetUtcNow() });
        await bench.PassAsync(s_second);
        await bench.PassAsync(s_minute);

        var part = Assert.Single(Assert.Single(bench.Mail.Sent).Message.Parts);
        Assert.Contains("failed", part.Title, StringComparison.Ordinal);
        Assert.Contains("memory", part.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Pool_ThatIsSilent_IsToldAfterItsTime_AndWhenItIsBack()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.PoolSilent(5 * s_minute));

        bench.Pools = [bench.State(PoolStatus.Unreachable)];
        await bench.PassAsync(4 * s_minute);
        Assert.Empty(bench.Mail.Sent);
        await bench.PassAsync(s_minute);
        bench.Pools = [bench.State(PoolStatus.Connected)];
        await bench.PassAsync(s_minute);

        Assert.Equal(["The pool Lyon is silent", "The pool Lyon is connected again"], bench.Mail.Titles);
    }

    [Fact]
    public async Task Pool_ThatIsSwitchedOff_IsNotSilent()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.PoolSilent(s_minute));

        bench.Pools = [bench.State(PoolStatus.Disabled)];
        await bench.PassAsync(5 * s_minute);

        Assert.Empty(bench.Mail.Sent);
    }

    [Fact]
    public async Task Host_ThatIsDown_IsTold_ButNotWhileItsPoolIsSilent()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.HostDown());
        var metrics = (HostMetrics)bench.Pool.Picture.Get("OpaqueRef:hm-1")!;

        bench.Pools = [bench.State(PoolStatus.Unreachable)];
        bench.Pool.Apply(metrics with { Live = false });
        await bench.PassAsync(s_minute);
        Assert.Empty(bench.Mail.Sent);
        bench.Pools = [bench.State(PoolStatus.Connected)];
        await bench.PassAsync(s_second);
        bench.Pool.Apply(metrics with { Live = true });
        await bench.PassAsync(s_second);

        Assert.Equal(["The host lyon-host-01 is down", "The host lyon-host-01 is up again"], bench.Mail.Titles);
    }

    [Fact]
    public async Task Updates_AreToldAgain_WhenThereAreMoreOnly()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.UpdateAvailable());
        Lack("a", "b");
        await bench.PassAsync(s_minute);

        Lack("b");
        await bench.PassAsync(s_minute);
        Assert.Single(bench.Mail.Sent);
        Lack("b", "c");
        await bench.PassAsync(s_minute);
        Assert.Equal(2, bench.Mail.Sent.Count);
        Lack();
        await bench.PassAsync(s_minute);

        Assert.Equal("The pool Lyon has all updates", bench.Mail.Titles.Last());

        void Lack(params string[] ids)
        {
            foreach (var host in bench.Pool.Picture.All<Host>())
                bench.Updates[bench.Pool.Picture.Key(host)] = new(bench.Pool.Picture.Key(host), HostGeneration.Repositories, [.. ids.Select(id => new MissingUpdate { Id = id, Name = id })], bench.Time.GetUtcNow(), null);
        }
    }

    [Fact]
    public async Task Incident_ThatWasTold_IsNotToldAgainAfterARestart_ButItsEndIs()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.HostDown());
        var metrics = (HostMetrics)bench.Pool.Picture.Get("OpaqueRef:hm-1")!;
        bench.Pool.Apply(metrics with { Live = false });
        await bench.PassAsync(s_second);

        await bench.RestartAsync();
        await bench.PassAsync(s_minute);
        Assert.Single(bench.Mail.Sent);
        bench.Pool.Apply(metrics with { Live = true });
        await bench.PassAsync(s_minute);

        Assert.Equal(2, bench.Mail.Sent.Count);
        Assert.Equal(bench.Mail.Sent[0].Message.Parts[0].Incident, bench.Mail.Sent[1].Message.Parts[0].Incident);
    }

    [Fact]
    public async Task Flapping_IsNotToldWithinThePause_WhatLastsBeyondItIs()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted"), rule => rule with { Pause = 10 * s_minute, TellsEnd = false });
        var vm = bench.Pool.Vm(1);

        foreach (var _ in Enumerable.Range(0, 4))
        {
            bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted });
            await bench.PassAsync(s_minute);
            bench.Pool.Apply(vm);
            await bench.PassAsync(s_minute);
        }

        Assert.Single(bench.Mail.Sent);
        bench.Pool.Apply(vm with { PowerState = VmPowerState.Halted });
        await bench.PassAsync(s_minute);
        await bench.PassAsync(3 * s_minute);
        Assert.Equal(2, bench.Mail.Sent.Count);
    }

    [Fact]
    public async Task LikesWithinThePause_AreCounted()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.AlarmRaised(), rule => rule with { Pause = 10 * s_minute });

        foreach (var number in Enumerable.Range(1, 4))
        {
            bench.Pool.Apply(Message(bench, number));
            await bench.PassAsync(s_minute);
        }

        Assert.Single(bench.Mail.Sent);
        await bench.PassAsync(10 * s_minute);
        Assert.Contains("2 more like it", bench.Mail.Sent[1].Message.Parts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_ComeWhileItHolds()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.HostDown(), rule => rule with { Remind = TimeSpan.FromHours(1) });
        bench.Pool.Apply((HostMetrics)bench.Pool.Picture.Get("OpaqueRef:hm-1")! with { Live = false });

        await bench.PassAsync(s_second);
        await bench.PassAsync(30 * s_minute);
        await bench.PassAsync(31 * s_minute);
        await bench.PassAsync(61 * s_minute);

        Assert.Equal([NotificationKind.Began, NotificationKind.Reminder, NotificationKind.Reminder], bench.Mail.Sent.Select(one => one.Message.Parts[0].Kind));
        Assert.Equal(3, bench.Mail.Sent.Select(one => one.Message.Id).Distinct().Count());
    }

    [Fact]
    public async Task Rule_ThatIsSwitchedOff_ForgetsWhatItTold()
    {
        await using var bench = await NotificationBench.StartAsync();
        var rule = await bench.RuleAsync(new NotificationTrigger.HostDown());
        var metrics = (HostMetrics)bench.Pool.Picture.Get("OpaqueRef:hm-1")!;
        bench.Pool.Apply(metrics with { Live = false });
        await bench.PassAsync(s_second);

        await bench.Rules.SaveAsync(rule with { IsEnabled = false }, bench.Token);
        await bench.PassAsync(s_second);
        bench.Pool.Apply(metrics with { Live = true });
        await bench.PassAsync(s_minute);

        Assert.Single(bench.Mail.Sent);
        Assert.Empty(await bench.Kept.IncidentsAsync(bench.Token));
    }

    private static XapiMessage Message(NotificationBench bench, int number, long priority = 1) => new()
    {
        Ref = $"OpaqueRef:message-{number}",
        Uuid = $"22222222-0000-4000-8000-00000000000{number}",
        Name = "HA_HOST_FAILED",
        Priority = priority,
        Cls = MessageClass.Host,
        ObjUuid = bench.Pool.Picture.All<Host>().First().Uuid,
        Timestamp = bench.Time.GetUtcNow(),
    };
}
