using Bunit;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Hosts;
using XoBlazor.App.Components.Overview;
using XoBlazor.App.Components.Pools;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Components.Support;

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
