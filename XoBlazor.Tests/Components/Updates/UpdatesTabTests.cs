using Bunit;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Hosts;
using XoBlazor.App.Components.Overview;
using XoBlazor.App.Components.Pools;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Updates;

/// <summary>What hosts lack, on their pages, on their pool's, and in the overview.</summary>
public sealed class UpdatesTabTests : ConsoleContext
{
    private static readonly DateTimeOffset s_then = new(2026, 11, 22, 13, 55, 0, TimeSpan.Zero);

    private readonly FakeMissingUpdates _missing = new();

    public UpdatesTabTests() => Services.AddSingleton<IMissingUpdates>(_missing);

    [Fact]
    public void Host_ListsWhatItLacks_WithVersionGuidanceSizeAndChangeLog()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        var host = pool.Picture.All<Host>().First();
        _missing.Tell(new(pool.Picture.Key(host), HostGeneration.Packages, [Update("kernel") with { Severity = "High", Guidance = [UpdateNeed.RebootHost] }, Update("xapi-core")], s_then, null));

        var page = Open<HostPage>($"/hosts/{pool.Picture.Uuid}/{host.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid), ("Uuid", host.Uuid));

        var first = page.Find("ul[aria-label='Missing updates'] > li");
        Assert.Equal(2, page.FindAll("ul[aria-label='Missing updates'] > li").Count);
        foreach (var word in (string[])["kernel", "1.2-3", "High", "Reboot", "MiB", "4 Nov 2024", "<b>not markup</b>", "- it works"])
            Assert.Contains(word, first.TextContent, StringComparison.Ordinal);
        Assert.Empty(first.QuerySelectorAll("b"));
    }

    [Fact]
    public void Host_WhoseListIsOfAnOldCatalogue_SaysSoAndListsIt()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        var host = pool.Picture.All<Host>().First();
        var update = new MissingUpdate { Id = "a", Name = "XS71E001", Description = "What it repairs" };
        _missing.Tell(new(pool.Picture.Key(host), HostGeneration.UpdateImages, [update], s_then, null) { Warning = "The catalogue is old." });

        var page = Open<HostPage>($"/hosts/{pool.Picture.Uuid}/{host.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid), ("Uuid", host.Uuid));

        Assert.Contains("The catalogue is old.", page.Find(".problem").TextContent, StringComparison.Ordinal);
        Assert.Contains("What it repairs", page.Find("ul[aria-label='Missing updates'] > li summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_LookAgain_ShowsTheNewAnswer()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        var host = pool.Picture.All<Host>().First();
        _missing.Tell(new(pool.Picture.Key(host), HostGeneration.Packages, [Update("kernel")], s_then, null));
        var page = Open<HostPage>($"/hosts/{pool.Picture.Uuid}/{host.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid), ("Uuid", host.Uuid));
        Assert.Equal(1, _missing.Asked);
        _missing.Tell(new(pool.Picture.Key(host), HostGeneration.Packages, [], s_then, null));

        page.FindAll("button").Single(button => button.TextContent.Contains("Look again", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("The host is up to date.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Nothing is missing.", page.FindAll("button").Single(button => button.TextContent.Contains("Install updates", StringComparison.Ordinal) && button.HasAttribute("title") && button.GetAttribute("title") == "Nothing is missing.").GetAttribute("title"));
    }

    [Fact]
    public void Pool_HostsThatDiffer_AreNamed_AndWhatCouldNotBeToldIsSaid()
    {
        using var pool = new SamplePool(Store, hosts: 3);
        var hosts = pool.Picture.All<Host>().OrderBy(host => host.NameLabel, StringComparer.Ordinal).ToList();
        _missing.Tell(new(pool.Picture.Key(hosts[0]), HostGeneration.Packages, [Update("kernel"), Update("xapi-core")], s_then, null));
        _missing.Tell(new(pool.Picture.Key(hosts[1]), HostGeneration.Packages, [Update("kernel")], s_then, null));
        _missing.Tell(new(pool.Picture.Key(hosts[2]), HostGeneration.Packages, [Update("kernel")], s_then, "It is down, and nobody answers."));

        var page = Open<PoolPage>($"/pools/{pool.Picture.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid));

        var lines = page.FindAll("ul[aria-label='Missing updates'] > li");
        Assert.Equal(2, lines.Count);
        Assert.DoesNotContain("hosts", lines[0].QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 3 hosts", lines[1].TextContent, StringComparison.Ordinal);
        Assert.Contains($"Missing on {hosts[0].NameLabel}.", lines[1].TextContent, StringComparison.Ordinal);
        Assert.Contains($"{hosts[2].NameLabel}: It is down, and nobody answers.", page.Find(".problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_ThatTakesUpdatesFromRepositories_ShowsThemAndTheAgeOfItsCopy()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        var used = new UpdateRepository { Ref = "OpaqueRef:r1", Uuid = "r1", NameLabel = "<i>normal</i>", BinaryUrl = "https://repo.example.com/normal", Update = true, Hash = "01" };
        pool.Apply(used, new UpdateRepository { Ref = "OpaqueRef:r2", Uuid = "r2", NameLabel = "base", BinaryUrl = "https://repo.example.com/base" });
        pool.Apply(AsXenServer(pool.Picture.All<Host>().First()));
        pool.Apply(pool.Picture.Pool! with
        {
            Repositories = [new(used.Ref)],
            LastUpdateSync = s_then,
            UpdateSyncEnabled = true,
            UpdateSyncFrequency = UpdateSyncFrequency.Weekly,
            UpdateSyncDay = 1,
            RepositoryProxyUrl = "http://proxy:3128",
            RepositoryProxyUsername = "ada",
        });

        var page = Open<PoolPage>($"/pools/{pool.Picture.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid));

        var card = page.FindAll("section.card").Single(one => one.QuerySelector("h2")!.TextContent == "Update repositories");
        foreach (var word in (string[])["<i>normal</i>", "https://repo.example.com/base", "every week, on Monday", "http://proxy:3128, as ada", "Synchronise", "Update sources", "Update proxy", "Add a repository"])
            Assert.Contains(word, card.TextContent, StringComparison.Ordinal);
        Assert.Empty(card.QuerySelectorAll("i"));
        Assert.NotNull(card.QuerySelector("time"));
        Assert.DoesNotContain("There is none yet", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Pool_RepositoryThatIsNotUsed_IsForgottenFromItsRow()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        var used = new UpdateRepository { Ref = "OpaqueRef:r1", Uuid = "r1", NameLabel = "normal", Update = true };
        pool.Apply(used, new UpdateRepository { Ref = "OpaqueRef:r2", Uuid = "r2", NameLabel = "base" }, AsXenServer(pool.Picture.All<Host>().First()), pool.Picture.Pool! with { Repositories = [new(used.Ref)] });
        var page = Open<PoolPage>($"/pools/{pool.Picture.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid));

        page.Do(() => page.FindAll("section.card tbody button").Single(button => button.TextContent.Contains("Forget a repository", StringComparison.Ordinal)), it => it.Click());

        page.WaitForAssertion(() => Assert.Contains("r2", page.FindAll("[role=dialog] input").Select(field => field.GetAttribute("value"))), Patience.Limit);
    }

    [Fact]
    public void Pool_WithoutACopyOrWithoutRepositories_SaysWhatHelps()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        pool.Apply(AsXenServer(pool.Picture.All<Host>().First()));

        var page = Open<PoolPage>($"/pools/{pool.Picture.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid));

        Assert.Contains("has no repositories to take updates from", page.Markup, StringComparison.Ordinal);
        Assert.Contains("There is none yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_WhatItsUpdatesStillNeed_HasTheButtonThatDoesIt()
    {
        using var pool = new SamplePool(Store, hosts: 2);
        var host = pool.Picture.All<Host>().First();
        var vm = pool.Picture.VmsOn(host).First(one => one.PowerState == VmPowerState.Running);
        pool.Apply(host with { PendingGuidancesRecommended = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartToolstack) });
        pool.Apply(vm with { PendingGuidancesFull = EnumSet<UpdateGuidances>.Of(UpdateGuidances.RestartVm) });

        var page = Open<HostPage>($"/hosts/{pool.Picture.Uuid}/{host.Uuid}?tab=updates", ("PoolUuid", pool.Picture.Uuid), ("Uuid", host.Uuid));

        var needs = page.FindAll("section.card").Single(one => one.QuerySelector("h2")!.TextContent == "What installed updates still need").QuerySelectorAll("li");
        Assert.Equal(2, needs.Length);
        Assert.Contains("Restart toolstack", needs[0].QuerySelector("button")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"The VM {vm.NameLabel} is fully up to date only after a restart", needs[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Reboot", needs[1].QuerySelector("button")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_CountsMissingUpdates_AsSoonAsTheyAreKnown()
    {
        using var pool = new SamplePool(Store, hosts: 3);
        var page = Open<OverviewPage>("/");
        Assert.DoesNotContain("updates on", Words(page), StringComparison.Ordinal);

        foreach (var host in pool.Picture.All<Host>().Take(2))
        {
            _missing.Tell(new(pool.Picture.Key(host), HostGeneration.Packages, [Update("kernel"), Update("xapi-core")], s_then, null));
            await _missing.LookAsync(pool.Picture.Key(host), TimeSpan.Zero, Xunit.TestContext.Current.CancellationToken);
        }

        await BeatAsync();

        Assert.Contains("lacks 2 updates on 2 hosts", Words(page), StringComparison.Ordinal);
        Assert.Equal("See the updates", page.Find($"a[href='/pools/{pool.Picture.Uuid}?tab=updates']").TextContent);
    }

    private static Host AsXenServer(Host host) => host with { SoftwareVersion = XenMap<string, string>.Of(new("product_brand", "XenServer"), new("product_version", "8.4.0"), new("platform_version", "3.4.0")) };

    private static MissingUpdate Update(string name) => new()
    {
        Id = name,
        Name = name,
        Version = "1.2",
        Release = "3",
        Description = "<b>not markup</b>",
        Size = 2 * 1024 * 1024,
        Date = new(2024, 11, 4, 12, 0, 0, TimeSpan.Zero),
        Change = new("ada", null, "- it works"),
    };

    private static string Words(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) => string.Join(' ', page.Find("ul.needs").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
