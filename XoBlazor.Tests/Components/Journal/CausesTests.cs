using System.Collections.Frozen;
using System.Collections.Immutable;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Tasks;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using JournalPage = XoBlazor.App.Components.Journal.JournalPage;

namespace XoBlazor.Tests.Components.Journal;

/// <summary>What people did, beside what changed: from the audit, for those who may read the object's journal.</summary>
public sealed class CausesTests : OperatorContext
{
    [Fact]
    public async Task Timeline_ChangeDuringAnOperation_NamesItAndAnotherIsFromOutside()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        await ChangeAsync(pool, "during <b>", byGrace: true);
        await ChangeAsync(pool, "later", byGrace: false);

        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}?tab=timeline", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));

        page.WaitForElement(".cause", Patience.Limit);
        var caused = Assert.Single(page.FindAll(".timeline .entry"), line => line.QuerySelector(".cause") is not null);
        Assert.Contains("during Start by grace <i>", caused.TextContent, StringComparison.Ordinal);
        Assert.Contains("during <b>", caused.TextContent, StringComparison.Ordinal);
        Assert.Contains("outside", page.FindAll(".timeline .entry").First(line => line.TextContent.Contains("later", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("grace <i>: Start was done.", Words(page.Find(".timeline")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_SomethingIsDone_ShowsItByItself()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}?tab=timeline", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));
        page.WaitForElement(".timeline", Patience.Limit);

        await Audit.AppendAsync(Start(pool), Token);
        Beat();

        page.WaitForAssertion(() => Assert.Contains("grace <i>: Start is going on.", Words(page.Find(".timeline")), StringComparison.Ordinal), Patience.Limit);
    }

    [Fact]
    public async Task Journal_ChangeDuringAnOperation_NamesIt()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        await ChangeAsync(pool, "renamed", byGrace: true);

        var page = Open<JournalPage>("/journal?q=renamed");

        page.WaitForAssertion(() => Assert.Equal("during Start by grace <i>", page.Find("ul.entries .cause").TextContent), Patience.Limit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Made_ByAnOperationOnSomethingElse_IsSaidInItsTimelineAndInTheJournal(bool isTimeline)
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var begun = await Audit.AppendAsync(Start(pool) with { Action = "vm.clone" }, Token);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var copy = pool.Vm(1) with { Ref = "OpaqueRef:copy", Uuid = "6d1a4e4b-4e4b-4d1a-8f57-6e1ff4e4a1c0", NameLabel = "the copy" };
        pool.Apply(copy);
        await WriteAsync();
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Audit.AppendAsync(Start(pool) with { Action = "vm.clone", Outcome = AuditOutcome.Succeeded, Of = begun.Number, Made = new("VM", pool.Uuid, copy.Uuid, "the copy") }, Token);

        var page = isTimeline
            ? Open<VmPage>($"/vms/{pool.Uuid}/{copy.Uuid}?tab=timeline", ("PoolUuid", pool.Uuid), ("Uuid", copy.Uuid))
            : Open<JournalPage>($"/journal?object={pool.Uuid}/{copy.Uuid}");

        page.WaitForAssertion(() => Assert.Equal("during Clone by grace <i>", page.Find(".cause").TextContent), Patience.Limit);
        Assert.Equal(isTimeline, Words(page.Find("main, .timeline, ul.entries")).Contains("grace <i>: Clone was done.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Journal_ChangesOfATask_NameTheOperationThatBeganIt(bool isRecorded, bool isThere)
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        var begun = await Audit.AppendAsync(Start(pool), Token);
        var task = new XapiTask { Ref = "OpaqueRef:work", Uuid = "4d1a4e4b-4e4b-4d1a-8f57-6e1ff4e4a1c0", NameLabel = "ours", Status = XapiTaskStatus.Pending };
        pool.Apply(task, pool.Vm(1) with { CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>(task.Ref, VmOperation.Start)) });
        Clock.Advance(TimeSpan.FromSeconds(1));
        pool.Apply(task with { Status = XapiTaskStatus.Success }, pool.Vm(1) with { CurrentOperations = XenMap<string, VmOperation>.Empty });
        await Audit.AppendAsync(Start(pool) with { Outcome = AuditOutcome.Succeeded, Of = begun.Number, Task = isRecorded ? "OpaqueRef:first OpaqueRef:work" : null }, Token);
        Clock.Advance(TimeSpan.FromMinutes(5));
        pool.Apply(task with { Ref = "OpaqueRef:other", Uuid = "5d1a4e4b-4e4b-4d1a-8f57-6e1ff4e4a1c0", NameLabel = "Async.SR.scan" });
        if (!isThere)
            pool.Remove(task);
        await WriteAsync();

        var page = Open<JournalPage>("/journal?class=task");

        page.WaitForElement("ul.entries .entry", Patience.Limit);
        var ours = page.FindAll("ul.entries .entry").Where(e => e.TextContent.Contains("ours", StringComparison.Ordinal)).ToList();
        Assert.True(ours.Count >= 2);
        // Long after its end, what becomes of it is the host's tidying, unless the audit names the task itself.
        Assert.All(ours, e => Assert.Equal("during Start by grace <i>", e.QuerySelector(".cause")?.TextContent));
        Assert.Null(page.FindAll("ul.entries .entry").First(e => e.TextContent.Contains("SR.scan", StringComparison.Ordinal)).QuerySelector(".cause"));
    }

    [Theory]
    [InlineData("general")]
    [InlineData("timeline")]
    public async Task Task_OnItsPage_SaysWhatItWorksOnAndWhoBeganIt(string tab)
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        pool.Apply(pool.Vm(1) with { Tags = [Tag] });
        Give(OperatorOfTag);
        await WriteAsync();
        var begun = await Audit.AppendAsync(Start(pool), Token);
        var task = new XapiTask { Ref = "OpaqueRef:work", Uuid = "4d1a4e4b-4e4b-4d1a-8f57-6e1ff4e4a1c0", NameLabel = "ours", Status = XapiTaskStatus.Pending };
        pool.Apply(task, pool.Vm(1) with { CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>(task.Ref, VmOperation.Start)) });
        pool.Apply(task with { Status = XapiTaskStatus.Success, Progress = 1 }, pool.Vm(1) with { CurrentOperations = XenMap<string, VmOperation>.Empty });
        await Audit.AppendAsync(Start(pool) with { Outcome = AuditOutcome.Succeeded, Of = begun.Number }, Token);
        await WriteAsync();
        CatchUp();

        var page = Open<TaskPage>($"/tasks/{pool.Uuid}/{task.Uuid}?tab={tab}", ("PoolUuid", pool.Uuid), ("Uuid", task.Uuid));

        Wait(page, () => Assert.Contains(
            tab == "timeline" ? "during Start by grace <i>" : pool.Vm(1).NameLabel,
            tab == "timeline" ? page.Find(".timeline").TextContent : page.FindAll("dt").Single(t => t.TextContent.Trim() == "Works on").NextElementSibling!.TextContent,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Timeline_OfOneWhoMayNotReadTheJournal_TellsNoActs()
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        await WriteAsync();
        await ChangeAsync(pool, "renamed", byGrace: true);
        var acts = Services.GetRequiredService<ViewedActs>();
        var seen = await acts.OnAsync(pool.Picture, pool.Vm(1), DateTimeOffset.MinValue, Token);

        Engine.Apply(new([Role.Custom("blind", "Blind", ["vm.start"])], [new("own", SubjectId.User("1"), "blind", new AccessScope.OfPool(pool.Uuid))], FrozenDictionary<string, ImmutableArray<string>>.Empty));
        CatchUp();
        var unseen = await acts.OnAsync(pool.Picture, pool.Vm(1), DateTimeOffset.MinValue, Token);

        Assert.Single(seen);
        Assert.Empty(unseen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timeline_OfOneWhoSeesAPart_SaysWhyAnOperationFailedWithoutNamingWhatIsHidden(bool isRenamed)
    {
        await OpenJournalAsync();
        using var pool = new SamplePool(Store, vms: 4);
        pool.Apply(pool.Vm(1) with { Tags = [Tag] });
        Give(OperatorOfTag);
        await WriteAsync();
        var hidden = pool.Vm(2).NameLabel;
        var begun = await Audit.AppendAsync(Start(pool), Token);
        await Audit.AppendAsync(Start(pool) with { Of = begun.Number, Outcome = AuditOutcome.Failed, Message = $"{hidden} ({pool.Vm(2).Uuid}) holds a disk of {pool.Vm(1).NameLabel}." }, Token);
        if (isRenamed)
            pool.Apply(pool.Vm(2) with { NameLabel = "renamed" });
        await WriteAsync();
        CatchUp();

        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}?tab=timeline", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));

        Wait(page, () => Assert.Contains($"grace <i>: Start an object you may not see (an object you may not see) holds a disk of {pool.Vm(1).NameLabel}.", Words(page.Find(".timeline")), StringComparison.Ordinal));
        Assert.DoesNotContain(hidden, page.Markup, StringComparison.Ordinal);
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private AuditLog Audit => Services.GetRequiredService<AuditLog>();

    private static AuditRecord Start(SamplePool pool) => new()
    {
        Category = AuditCategory.Operation,
        Action = "vm.start",
        Actor = new("2", "grace <i>"),
        Outcome = AuditOutcome.Begun,
        Target = new("VM", pool.Uuid, pool.Vm(1).Uuid, "db-0001"),
    };

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task ChangeAsync(SamplePool pool, string name, bool byGrace)
    {
        var begun = byGrace ? await Audit.AppendAsync(Start(pool), Token) : null;
        Clock.Advance(TimeSpan.FromSeconds(1));
        pool.Apply(pool.Vm(1) with { NameLabel = name });
        if (begun is not null)
            await Audit.AppendAsync(Start(pool) with { Outcome = AuditOutcome.Succeeded, Of = begun.Number }, Token);
        await WriteAsync();
    }
}
