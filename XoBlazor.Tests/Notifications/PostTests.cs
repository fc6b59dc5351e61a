using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Tests.Notifications.Support;

namespace XoBlazor.Tests.Notifications;

/// <summary>Who gets what, when, and how often; what is promised on <see cref="NotificationPost"/>, clause by clause.</summary>
public sealed class PostTests
{
    private static readonly NotificationTrigger s_halted = new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted");
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task People_HearOfWhatTheyMayView_AtTheMomentItIsSent()
    {
        await using var bench = await NotificationBench.StartAsync();
        bench.Person("ada", Role.Viewer);
        bench.Person("bob", Role.Viewer, new AccessScope.OfObject(bench.Pool.Picture.Key(bench.Pool.Vm(2))), "staff");
        bench.Person("eve", null, null, "staff");
        await bench.RuleAsync(s_halted, rule => rule with { Who = [new Recipient.User("ada"), new Recipient.Group("staff")] });

        Halt(bench, 1);
        await bench.LookAsync();
        bench.Access.Apply(new([], [.. bench.Access.Policy.Grants, new("late", SubjectId.User("eve"), Role.Viewer.Id, AccessScope.Everything.Instance)], bench.Access.Policy.GroupsOfUsers));
        await bench.SendAsync();

        Assert.Equal(["ada@example.test", "eve@example.test"], bench.Mail.Sent.Select(one => one.Address).Order());
        Assert.Equal("bob may not view what it is about.", Assert.Single(await bench.MessagesAsync(OutboxState.Withheld)).Problem);
    }

    [Fact]
    public async Task People_HearOfWhatIsGone_AsFarAsTheyMightHaveSeenIt()
    {
        await using var bench = await NotificationBench.StartAsync();
        bench.Person("ada", Role.Viewer);
        bench.Person("eve", Role.Viewer, new AccessScope.OfObject(bench.Pool.Picture.Key(bench.Pool.Vm(2))));
        await bench.RuleAsync(s_halted, rule => rule with { Who = [new Recipient.User("ada"), new Recipient.User("eve")] });

        var vm = bench.Pool.Vm(1);
        Halt(bench, 1);
        await bench.LookAsync();
        bench.Pool.Remove(vm);
        await bench.SendAsync();

        Assert.Equal("ada@example.test", Assert.Single(bench.Mail.Sent).Address);
    }

    [Fact]
    public async Task People_WhoAreGone_OrLeftTheGroup_GetNothing()
    {
        await using var bench = await NotificationBench.StartAsync();
        bench.Person("ada", Role.Viewer);
        bench.Person("bob", Role.Viewer, null, "staff");
        await bench.RuleAsync(s_halted, rule => rule with { Who = [new Recipient.User("ada"), new Recipient.Group("staff")] });

        Halt(bench, 1);
        await bench.LookAsync();
        bench.People.Remove("ada");
        bench.Access.Apply(new([], bench.Access.Policy.Grants, new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>>()));
        await bench.SendAsync();

        Assert.Empty(bench.Mail.Sent);
        Assert.Equal(2, (await bench.MessagesAsync(OutboxState.Withheld)).Length);
    }

    [Fact]
    public async Task SomebodyNamedTwoWays_HearsOfItOnce()
    {
        await using var bench = await NotificationBench.StartAsync();
        bench.Person("ada", Role.Viewer, null, "staff", "night");
        await bench.RuleAsync(s_halted, rule => rule with { Who = [new Recipient.User("ada"), new Recipient.Group("staff"), new Recipient.Group("night")] });

        Halt(bench, 1);
        await bench.PassAsync(s_second);

        Assert.Single(bench.Mail.Sent);
    }

    [Fact]
    public async Task Failure_IsTriedAgainAfterGrowingPauses_UnderOneId_UntilItIsGivenUp()
    {
        await using var bench = await NotificationBench.StartAsync();
        bench.Options.MostAttempts = 4;
        await bench.RuleAsync(s_halted);
        var (ids, times) = (new List<Guid>(), new List<DateTimeOffset>());
        bench.Mail.Taking = (message, _) =>
        {
            ids.Add(message.Id);
            times.Add(bench.Time.GetUtcNow());
            throw new NotificationException("The mail server sleeps.");
        };

        Halt(bench, 1);
        for (var turns = 0; turns < 60; turns++)
            await bench.PassAsync(5 * s_second);

        Assert.Equal(4, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(36));
        Assert.InRange(times[2] - times[1], TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(66));
        Assert.InRange(times[3] - times[2], TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(126));
        Assert.Equal("The mail server sleeps.", Assert.Single(await bench.MessagesAsync(OutboxState.Dead)).Problem);
    }

    [Fact]
    public async Task Failure_ThatLasts_IsNotTriedAgain()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted);
        bench.Mail.Taking = static (_, _) => throw new NotificationException("No such person.", isLasting: true);

        Halt(bench, 1);
        await bench.PassAsync(s_second);

        Assert.Equal(1, Assert.Single(await bench.MessagesAsync(OutboxState.Dead)).Attempts);
    }

    [Fact]
    public async Task Crash_BeforeItIsSent_LosesNothing()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted);
        Halt(bench, 1);
        await bench.LookAsync();

        await bench.RestartAsync();
        await bench.SendAsync();
        await bench.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Single(bench.Mail.Sent);
    }

    [Fact]
    public async Task Crash_BetweenTheReceiversYesAndTheNoteOfIt_RepeatsThatOneUnderItsId()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted);
        Halt(bench, 1);
        Halt(bench, 2);
        await bench.LookAsync();
        var waiting = await bench.MessagesAsync(OutboxState.Waiting);
        await bench.SendAsync();
        Assert.Equal(2, bench.Mail.Sent.Count);

        // What stands in the database in that moment: one is noted, the other is on its way.
        await bench.Kept.UpdateAsync([waiting[0] with { State = OutboxState.Sending, Attempts = 1, Message = waiting[0].Id }], bench.Token);
        await bench.RestartAsync();
        await bench.SendAsync();
        await bench.SendAsync();

        Assert.Equal(3, bench.Mail.Sent.Count);
        Assert.Equal(waiting[0].Id, bench.Mail.Sent[2].Message.Id);
        Assert.Equal(2, bench.Mail.Sent.Select(one => one.Message.Id).Distinct().Count());
    }

    [Fact]
    public async Task Transport_ThatHangs_DelaysNoOther()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted);
        await bench.RuleAsync(s_halted, rule => rule with { How = "hook", Who = [new Recipient.At("ops")] });
        var hanging = new TaskCompletionSource();
        bench.Mail.Taking = (_, _) => hanging.Task;

        Halt(bench, 1);
        await bench.LookAsync();
        var sending = bench.SendAsync();
        while (bench.Hook.Sent.Count == 0)
            await Task.Delay(10, bench.Token);
        bench.Time.Advance(bench.Options.Patience);
        await sending;

        Assert.Contains("within 30 s", Assert.Single(await bench.MessagesAsync(OutboxState.Waiting)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_IsOneMessageWithEverything()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted, rule => rule with { Pace = new Pace.Every(TimeSpan.FromMinutes(15)) });

        Halt(bench, 1);
        await bench.PassAsync(TimeSpan.FromMinutes(3));
        Halt(bench, 2);
        await bench.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(bench.Mail.Sent);
        await bench.PassAsync(TimeSpan.FromMinutes(9));

        var message = Assert.Single(bench.Mail.Sent).Message;
        Assert.Equal(2, message.Parts.Length);
        Assert.Equal("Rule 1: 2 notifications", message.Title);
    }

    [Fact]
    public async Task QuietHours_HoldUntilTheirEnd_AndThenSendOneMessage()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted, rule => rule with { Quiet = new(new(11, 0), new(13, 0)) });

        Halt(bench, 1);
        Halt(bench, 2);
        await bench.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(bench.Mail.Sent);
        await bench.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(2, Assert.Single(bench.Mail.Sent).Message.Parts.Length);
    }

    [Fact]
    public async Task Many_AtOnce_GoInOneMessage()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Network, "name_description:broken"));

        bench.Pool.Apply([.. Enumerable.Range(10, 150).Select(number => new Network { Ref = $"OpaqueRef:net-{number}", Uuid = $"33333333-0000-4000-8000-{number:000000000000}", NameLabel = $"n{number}", NameDescription = "broken" })]);
        await bench.PassAsync(s_second);

        var message = Assert.Single(bench.Mail.Sent).Message;
        Assert.Equal((100, 50), (message.Parts.Length, message.More));
    }

    [Fact]
    public async Task Waiting_IsBounded_AndTheRestIsCounted()
    {
        await using var bench = await NotificationBench.StartAsync();
        bench.Options.MostWaiting = 10;
        await bench.RuleAsync(new NotificationTrigger.ObjectMatches(XapiClass.Network, "name_description:broken"));

        bench.Pool.Apply([.. Enumerable.Range(10, 30).Select(number => new Network { Ref = $"OpaqueRef:net-{number}", Uuid = $"33333333-0000-4000-8000-{number:000000000000}", NameLabel = $"n{number}", NameDescription = "broken" })]);
        await bench.LookAsync();

        Assert.Equal(10, (await bench.MessagesAsync(OutboxState.Waiting)).Length);
    }

    [Fact]
    public async Task Rule_ThatWasRemoved_SendsNothingMore()
    {
        await using var bench = await NotificationBench.StartAsync();
        var rule = await bench.RuleAsync(s_halted);
        Halt(bench, 1);
        await bench.LookAsync();

        await bench.Rules.RemoveAsync(rule.Id, bench.Token);
        await bench.PassAsync(s_second);

        Assert.Empty(bench.Mail.Sent);
        Assert.Single(await bench.MessagesAsync(OutboxState.Withheld));
    }

    [Fact]
    public async Task TransportThatIsNotSetUp_HoldsMessages_UntilItIs()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted);
        bench.Mail.Obstacle = "No mail server is set up.";
        Halt(bench, 1);
        await bench.PassAsync(s_second);
        Assert.Equal("No mail server is set up.", Assert.Single(await bench.MessagesAsync(OutboxState.Waiting)).Problem);

        bench.Mail.Obstacle = null;
        await bench.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(bench.Mail.Sent);
    }

    [Fact]
    public async Task WhatEnded_IsSweptAfterAWhile()
    {
        await using var bench = await NotificationBench.StartAsync();
        await bench.RuleAsync(s_halted);
        Halt(bench, 1);
        await bench.PassAsync(s_second);
        Assert.Single(await bench.MessagesAsync(OutboxState.Delivered));

        await bench.PassAsync(TimeSpan.FromDays(15));

        Assert.Empty(await bench.MessagesAsync());
    }

    private static void Halt(NotificationBench bench, int vm) => bench.Pool.Apply(bench.Pool.Vm(vm) with { PowerState = VmPowerState.Halted });
}
