using Microsoft.Playwright;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>The sheet, in a browser, in which an administrator sees what an uploaded plugin wants, and gives it a part of that.</summary>
public sealed class PluginWantsTests
{
    private const string Within = "run within the server, where it can do all that the server can, whatever else is accepted";
    private const string Reading = "see VM, where tags:production";
    private const string Keeping = "keep up to 1 MiB of its own";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task PluginThatRunsWithinTheServer_IsWarnedOf_AndGetsWhatIsAcceptedAndNothingElse(int width, int height)
    {
        await using var server = new TestServer().OnAPort();
        using var pool = new SamplePool(server.Get<ObjectStore>());
        server.Get<VisibleStores>().CatchUp();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(server.Address!.AbsoluteUri, width, height);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.GotoAsync($"{server.Address}settings/plugins");
        var (dialog, fleet) = (page.GetByRole(AriaRole.Dialog), server.Get<PluginFleet>());
        var card = page.GetByRole(AriaRole.Article, new() { Name = "Trickster" });

        await Button(page, "Install a plugin").ClickAsync();
        await dialog.GetByLabel("Zip of the plugin").ChooseAsync("trickster.zip", "application/zip", TricksterPlugin.Package().Zip);
        await Button(dialog, "Install").ClickAsync();

        // All of its wants in words, and a warning. What lets it do anything is not accepted by the way.
        await Expect(dialog.GetByText("It is made to run within this server. There nothing bounds what it sees and does")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Group, new() { Name = "It wants to" }).GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(3);
        await Expect(dialog.GetByLabel(Within)).Not.ToBeCheckedAsync();
        await Expect(dialog.GetByLabel(Reading)).ToBeCheckedAsync();
        await Expect(dialog.GetByLabel(Keeping)).ToBeCheckedAsync();
        Assert.Null(fleet.Find(TricksterPlugin.Id)!.Settings.Accepted);
        await Station.RestAsync(page);
        Assert.Empty((await Station.TooWideAsync(page)).Concat(await Station.CutAsync(page)).Concat(await Axe.ProblemsAsync(page)));

        // Without that it is not loaded, and says why.
        await Button(dialog, "Accept").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Button(card, "Load").ClickAsync();
        await Expect(page.GetByText("nobody has accepted that").First).ToBeVisibleAsync();
        Assert.NotEqual(PluginState.Loaded, fleet.Find(TricksterPlugin.Id)!.Status.State);

        // Now that is accepted, and the store is not.
        await Button(card, "What it may").ClickAsync();
        await Expect(dialog.GetByLabel(Within)).Not.ToBeCheckedAsync();
        await dialog.GetByLabel(Within).CheckAsync();
        await dialog.GetByLabel(Keeping).UncheckAsync();
        await Button(dialog, "Accept").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(card.GetByText(Keeping)).ToBeVisibleAsync();
        await Expect(card.GetByText("Wants, and may not")).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { NameRegex = new("^Load( again)?$") }).ClickAsync();
        await Expect(Button(card, "Unload")).ToBeVisibleAsync();
        await server.WaitAsync(() => fleet.Find(TricksterPlugin.Id)!.Status.State == PluginState.Loaded);

        Assert.Equal(["in-process", "read: VM, where tags:production"], fleet.Find(TricksterPlugin.Id)!.Settings.Accepted!.Texts);
        var refused = await Assert.ThrowsAsync<PluginException>(() => fleet.TestAsync(TricksterPlugin.Id, "ada", Token));
        Assert.Contains("A store was not accepted", refused.Message, StringComparison.Ordinal);

        // Given in the end, it has it.
        await Button(card, "What it may").ClickAsync();
        await Expect(dialog.GetByLabel(Keeping)).Not.ToBeCheckedAsync();
        await dialog.GetByLabel(Keeping).CheckAsync();
        await Button(dialog, "Accept").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(card.GetByText("Wants, and may not")).ToHaveCountAsync(0);
        await server.WaitAsync(() => fleet.Find(TricksterPlugin.Id)!.Status.State == PluginState.Loaded);
        Assert.StartsWith("hello, ada; greeted;", (await fleet.TestAsync(TricksterPlugin.Id, "ada", Token)).GetString(), StringComparison.Ordinal);
        await fleet.UnloadAsync(TricksterPlugin.Id, Token);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
