using System.Collections.Immutable;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Access;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Vms;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Access;

/// <summary>Who may do what on one object, why, and how it looks to them.</summary>
public sealed class AccessTabTests : OperatorContext
{
    private static readonly Guid s_bob = Guid.NewGuid();
    private static readonly Guid s_erin = Guid.NewGuid();
    private static readonly Guid s_team = Guid.NewGuid();
    private static readonly Grant s_administrator = new("all", SubjectId.User("1"), Role.Administrator.Id, AccessScope.Everything.Instance);
    private static readonly Grant s_team0 = new("team", SubjectId.Group(AccessPolicyFeed.Text(s_team)), Role.Operator.Id, new AccessScope.OfVms("tags:" + Tag));

    private readonly TempFolder _data = new();

    public AccessTabTests()
    {
        Services.AddDbContextFactory<AppDatabase>(options => options.UseSqlite($"Data Source={Path.Combine(_data.Path, "names.db")};Pooling=False"));
        Services.AddSingleton<SubjectNames>();
        Services.AddScoped<ViewAs>();
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private ViewAs Looking => Services.GetRequiredService<ViewAs>();

    private AuditLog Audit => Services.GetRequiredService<AuditLog>();

    [Fact]
    public async Task Tab_OfAVm_SaysWhoHasWhichRoleThroughWhatAndWhy()
    {
        await FillAsync();
        Apply(s_administrator, s_team0);
        using var pool = new SamplePool(Store, vms: 10);

        var page = Tab(pool, pool.Vm(3));

        Wait(page, () => Assert.Contains("bob", Lines(page), StringComparison.Ordinal));
        Assert.Contains("bob Operator Group Team VMs with tags:production build-0003 matches", Lines(page), StringComparison.Ordinal);
        Assert.Contains("Administrator Directly everything it is in it", Lines(page), StringComparison.Ordinal);
        Assert.DoesNotContain("erin", Lines(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tab_GrantGivenWhileOpen_ShowsIt()
    {
        await FillAsync();
        Apply(s_administrator);
        using var pool = new SamplePool(Store, vms: 10);
        var page = Tab(pool, pool.Vm(3));

        Apply(s_administrator, new("erin", SubjectId.User(AccessPolicyFeed.Text(s_erin)), Role.Viewer.Id, new AccessScope.OfObject(new(pool.Uuid, pool.Vm(3).Uuid))));
        BeatAfterAll();

        Wait(page, () => Assert.Contains("erin Viewer Directly VM build-0003 it is named", Lines(page), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tab_WithoutTheRight_IsNotThere()
    {
        await FillAsync();
        Give(OperatorOfTag);
        using var pool = new SamplePool(Store, vms: 10);
        BeatAfterAll();

        var page = Tab(pool, pool.Vm(3));

        Assert.DoesNotContain("Who has access", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("nav.tabs a"), a => a.TextContent.Trim() == "Access");
    }

    [Theory]
    [InlineData("bob", "vm.start", "Yes: bob has", "The group Team has the role Operator on VMs with tags:production: build-0003 matches.")]
    [InlineData("erin", "vm.start", "No: nothing that was granted gives erin", null)]
    [InlineData("mallory", "vm.start", "There is no user called mallory.", null)]
    public async Task Why_AskedForAUserAndARight_NamesTheGrantsOrSaysThereAreNone(string user, string right, string verdict, string? reason)
    {
        await FillAsync();
        Apply(s_administrator, s_team0);
        using var pool = new SamplePool(Store, vms: 10);
        var page = Tab(pool, pool.Vm(3));
        Wait(page, () => Assert.Contains("bob", Lines(page), StringComparison.Ordinal));

        page.Do(() => page.Find("#why-user"), it => it.Input(user));
        page.Do(() => page.Find("#why-right"), it => it.Change(right));
        page.Do(() => page.Find("form.why"), it => it.Submit());

        Assert.Contains(verdict, page.Markup, StringComparison.Ordinal);
        Assert.Equal(reason is null ? [] : [reason], page.FindAll("ul.reasons li").Select(l => l.TextContent));
    }

    [Fact]
    public async Task ViewAs_Somebody_ShowsTheirsDoesNothingAndStandsInTheAudit()
    {
        await FillAsync();
        Apply(s_administrator, s_team0);
        using var pool = new SamplePool(Store, vms: 10);
        pool.Apply(pool.Vm(0) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) });
        CatchUp();
        await View.OpenAsync();
        var actions = Services.GetRequiredService<Actions>();
        var start = Services.GetRequiredService<OperationCatalogue>().Find("vm.start")!;
        var everything = View.Current.Count<Vm>();

        await Looking.StartAsync(AccessPolicyFeed.Text(s_bob), "bob");
        var seen = View.Current.Count<Vm>();
        var refusal = actions.Obstacle(start, pool.Picture, pool.Vm(0));
        var isStarted = await actions.StartAsync(start, [(pool.Picture, pool.Vm(0))]);
        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(actions.RequesterAsync);
        var mayGive = View.May(AdministrationRights.Grants);
        await Looking.StopAsync();

        Assert.Equal((10, 4, 10), (everything, seen, View.Current.Count<Vm>()));
        Assert.Equal("You see the console as bob does. Stop that to act.", refusal);
        Assert.Equal(refusal, refused.Message);
        Assert.False(isStarted || mayGive);
        Assert.Null(actions.Obstacle(start, pool.Picture, pool.Vm(0)));
        var told = Audit.Read(new()).Where(e => e.Record.Action.StartsWith("user.view_as", StringComparison.Ordinal)).OrderBy(e => e.Number).Select(e => (e.Record.Action, e.Record.Outcome, e.Record.Actor?.Name, e.Record.Target?.Name));
        Assert.Equal(
            [
                ("user.view_as", AuditOutcome.Begun, "Ada", "bob"), ("user.view_as", AuditOutcome.Succeeded, "Ada", "bob"),
                ("user.view_as_end", AuditOutcome.Begun, "Ada", "bob"), ("user.view_as_end", AuditOutcome.Succeeded, "Ada", "bob"),
            ],
            told);
    }

    [Fact]
    public async Task ViewAs_WithoutTheRight_IsRefused()
    {
        Give(OperatorOfTag);
        await View.OpenAsync();

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Looking.StartAsync(AccessPolicyFeed.Text(s_bob), "bob"));

        Assert.False(View.IsSomebodyElse);
    }

    [Fact]
    public async Task ViewAs_RightTakenAway_EndsByItself()
    {
        Apply(s_administrator, s_team0);
        var banner = Open<ViewAsBanner>("/");
        await Looking.StartAsync(AccessPolicyFeed.Text(s_bob), "bob");
        BeatAfterAll();
        var words = banner.Find(".view-as").TextContent;

        Apply(s_team0);
        BeatAfterAll();

        Wait(banner, () => Assert.False(View.IsSomebodyElse));
        Assert.Contains("as bob does", words, StringComparison.Ordinal);
        Assert.Equal(0, View.Current.Count<Vm>());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _data.Dispose();
    }

    private static string Lines(IRenderedComponent<IComponent> page) =>
        string.Join(' ', page.FindAll("tbody td").Select(c => c.TextContent.Trim()).SelectMany(t => t.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>These grants, with Bob in the team.</summary>
    private void Apply(params Grant[] grants)
    {
        Engine.Apply(new([], grants, new Dictionary<string, ImmutableArray<string>> { [AccessPolicyFeed.Text(s_bob)] = [AccessPolicyFeed.Text(s_team)] }));
        CatchUp();
    }

    private async Task FillAsync()
    {
        await using var database = await Services.GetRequiredService<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(Token);
        await database.Database.EnsureCreatedAsync(Token);
        database.Users.AddRange(new Account("bob") { Id = s_bob }, new Account("erin") { Id = s_erin });
        database.Groups.Add(new() { Id = s_team, Name = "Team" });
        await database.SaveChangesAsync(Token);
    }

    private IRenderedComponent<IComponent> Tab(SamplePool pool, Vm vm) =>
        Open<VmPage>($"/vms/{pool.Uuid}/{vm.Uuid}?tab=access", ("PoolUuid", pool.Uuid), ("Uuid", vm.Uuid));
}
