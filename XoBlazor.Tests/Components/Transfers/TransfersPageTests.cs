using System.Collections.Frozen;
using System.Collections.Immutable;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Transfers;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Transfers;

/// <summary>The page of transfers, for administrators and for others.</summary>
public sealed class TransfersPageTests : ConsoleContext
{
    private static readonly Requester s_ada = new(new("1", "ada"), "console");
    private static readonly Requester s_olga = new(new("2", "olga"), "console");

    private TransferQueue Queue => Services.GetRequiredService<TransferQueue>();

    [Fact]
    public async Task Waiting_ShowsPlaceAndReason_AndFollowsWhatIsDone()
    {
        using var pool = new SamplePool(Store);
        var runs = await AskAsync(pool, s_ada, 2);
        var page = Open<TransfersPage>("/transfers");

        Assert.Equal(Names(runs), Waiting(page));
        Assert.All(Rows(page), row => Assert.Contains($"waits until {pool.Picture.Name()} answers", row.TextContent, StringComparison.Ordinal));
        Press(page, $"Up: {runs[1].TargetName}");
        page.WaitForAssertion(() => Assert.Equal(Names(runs).Reverse(), Waiting(page)), Patience.Limit);
        Press(page, $"Hold: {runs[1].TargetName}");
        page.WaitForAssertion(() => Assert.Contains("is held back", Rows(page)[0].TextContent, StringComparison.Ordinal), Patience.Limit);
        Press(page, $"Take out: {runs[0].TargetName}");
        Assert.True(runs[0].Cancelling.WaitHandle.WaitOne(Patience.Limit));
    }

    [Fact]
    public async Task Queue_IsPausedByWhoOrdersIt_AndSaysSo()
    {
        using var pool = new SamplePool(Store);
        await AskAsync(pool, s_olga, 1);
        var page = Open<TransfersPage>("/transfers");

        page.Do(() => page.FindAll("button").Single(one => one.TextContent.Contains("Pause the queue", StringComparison.Ordinal)), button => button.Click());

        page.WaitForAssertion(() => Assert.Contains("The queue is paused", page.Find(".notice[role=status]").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.True(Queue.IsPaused);
        Assert.Contains(page.FindAll("button"), one => one.TextContent.Contains("Resume the queue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Line_IsThereForWhoMayViewTheVm_AndOthersChangeNothing()
    {
        using var pool = new SamplePool(Store);
        var runs = await AskAsync(pool, s_olga, 2);
        Services.GetRequiredService<AccessEngine>().Apply(new([], [new("view", SubjectId.User("1"), Role.Viewer.Id, new AccessScope.OfObject(runs[0].Target))], FrozenDictionary<string, ImmutableArray<string>>.Empty));

        var page = Open<TransfersPage>("/transfers");

        Assert.Contains(runs[0].TargetName, Assert.Single(Rows(page)).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(runs[1].TargetName, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("table button"));
        Assert.DoesNotContain("Pause the queue", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_SaysHowItWentToWhoAsked_AndIsTriedAgain()
    {
        using var pool = new SamplePool(Store);
        var run = (await AskAsync(pool, s_ada, 1))[0];
        await Queue.InterruptAsync(run.Number, "The server stopped in the middle of it.");

        var page = Open<TransfersPage>("/transfers");

        Assert.Contains("Interrupted", page.Markup, StringComparison.Ordinal);
        Assert.Contains("The server stopped in the middle of it.", page.Markup, StringComparison.Ordinal);
        Press(page, $"Try {run.TargetName} again");
        // The made pool allows nothing, which is said.
        page.WaitForElement(".notice[role=alert]", Patience.Limit);
        Assert.Contains(run.TargetName, page.Find(".notice[role=alert]").TextContent, StringComparison.Ordinal);
    }

    /// <summary>Puts copies of VMs into the queue, whose pool is connected to nothing.</summary>
    private async Task<List<OperationRun>> AskAsync(SamplePool pool, Requester by, int count)
    {
        var runs = new List<OperationRun>();
        foreach (var vm in pool.Picture.All<Vm>().Where(one => one.Kind() == VmKind.Vm).DistinctBy(one => one.NameLabel).Take(count))
        {
            var number = Queue.All.Count + 1;
            var record = new AuditRecord { Category = AuditCategory.Operation, Action = "vm.copy", Actor = new(by.Actor.Id, by.Actor.Name), Outcome = AuditOutcome.Begun, Time = Clock.GetUtcNow() };
            var run = new OperationRun(VmCopyOperations.Copy, pool.Picture.Key(vm), vm.NameLabel, by, new(number, "", record));
            await Queue.AddAsync(run, new() { ["sr"] = pool.Picture.All<Sr>().First().Uuid }, pool.Uuid, waits: true);
            _ = Queue.TurnAsync(run, () => null, Xunit.TestContext.Current.CancellationToken);
            runs.Add(run);
        }

        Assert.Equal(count, runs.Count);
        return runs;
    }

    private static IEnumerable<string> Names(IEnumerable<OperationRun> runs) => runs.Select(run => run.TargetName);

    private static IReadOnlyList<IElement> Rows(IRenderedComponent<IComponent> page) => page.FindAll("table[aria-label^='Waiting'] tbody tr");

    private static IEnumerable<string> Waiting(IRenderedComponent<IComponent> page) => Rows(page).Select(row => row.QuerySelector("[role=group]")!.GetAttribute("aria-label")!["Place of ".Length..]);

    private static void Press(IRenderedComponent<IComponent> page, string label) => page.Do(() => page.Find($"button[aria-label='{label}']"), button => button.Click());
}
