using Microsoft.Playwright;
using XoBlazor.Core.Access;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// What can be done with VMs and who may do it, as people see it: a new VM from a template, the dialogs of operations, an object's access with "Why?", and
/// all of it for an operator with few VMs. XOBLAZOR_LOOKS names a folder for pictures.
/// </summary>
public sealed class DemoOperationsLooks
{
    private const string Operator = "olga";

    [Fact]
    public async Task Operations_AndAccess_AreWholeQuietAndAccessible()
    {
        await using var tour = await DemoTour.StartAsync();
        var setUp = await tour.OpenSignInAsync(View.All[0]);
        await tour.SignInAsAdminAsync(setUp);
        var (running, _) = await FirstAsync(setUp, tour.Root, "power_state:running");
        var (halted, name) = await FirstAsync(setUp, tour.Root, "power_state:halted");
        await tour.MakeUserAsync(setUp, Operator);
        await DemoTour.GiveAsync(setUp, Role.Operator.Name, $"name_label:{name}");

        foreach (var view in View.All)
        {
            var admin = await tour.OpenSignInAsync(view);
            await tour.SignInAsAdminAsync(admin);
            await tour.LookAsync(admin, view, Stations(running, halted));

            var olga = await tour.OpenSignInAsync(view);
            await DemoTour.SignInAsync(olga, Operator, DemoTour.Given);
            await tour.LookAsync(olga, view, new Station("operator-overview", "/"), new Station("operator-vms", "/vms"), new Station("operator-vm", halted),
                new Station("operator-menu", halted, OpenMenuAsync), new Station("operator-snapshot", halted, page => ChooseAsync(page, "Snapshot")),
                new Station("operator-new-vm", "/vms/new"), new Station("operator-journal", "/journal"), new Station("operator-timeline", halted + "?tab=timeline"));
            await admin.CloseAsync();
            await olga.CloseAsync();
        }

        tour.AssertNothingIsWrong();
    }

    private static IEnumerable<Station> Stations(string running, string halted)
    {
        yield return new("new-vm", "/vms/new");
        yield return new("new-vm-search", "/vms/new", page => FindTemplateAsync(page, "debian"));
        yield return new("new-vm-form", "/vms/new", page => FillAsync(page));
        yield return new("new-vm-disks", "/vms/new", async page =>
        {
            await FillAsync(page);
            await page.GetByRole(AriaRole.Heading, new() { Name = "Networks" }).ScrollIntoViewIfNeededAsync();
        });
        yield return new("new-vm-end", "/vms/new", async page =>
        {
            await FillAsync(page);
            await page.GetByText("More settings").ClickAsync();
            await page.GetByText("More settings").ScrollIntoViewIfNeededAsync();
        });
        yield return new("vm-menu", halted, OpenMenuAsync);
        foreach (var (title, at) in new[] { ("Edit", halted), ("Copy", halted), ("Move to another pool", halted), ("Delete", halted), ("Snapshot", running), ("Migrate", running) })
            yield return new($"vm-{title.ToLowerInvariant().Replace(' ', '-')}", at, page => ChooseAsync(page, title));
        yield return new("console", running.Replace("/vms/", "/console/", StringComparison.Ordinal), page => Expect(page.Locator("p.how")).ToContainTextAsync("Live"));
        yield return new("vm-new-disk", halted + "?tab=disks", page => DemoTour.PressAsync(page, "New disk"));
        yield return new("vm-new-device", halted + "?tab=network", page => DemoTour.PressAsync(page, "New network device"));
        yield return new("vm-access", halted + "?tab=access");
        yield return new("vm-access-give", halted + "?tab=access", page => DemoTour.PressAsync(page, "Give a role"));
        yield return new("vm-why", halted + "?tab=access", async page =>
        {
            await page.GetByLabel("User", new() { Exact = true }).FillAsync(Operator);
            await page.GetByLabel("Right").SelectOptionAsync("vm.start");
            await page.GetByRole(AriaRole.Button, new() { Name = "Why?" }).ClickAsync();
            var answer = page.GetByRole(AriaRole.Status).Filter(new() { HasText = Operator });
            await Expect(answer).ToContainTextAsync("Start VMs");
            await answer.ScrollIntoViewIfNeededAsync();
        });
    }

    /// <summary>The path and the name of a VM that a filter finds.</summary>
    private static async Task<(string Path, string Name)> FirstAsync(IPage page, string root, string filter)
    {
        await page.GotoAsync($"{root}/vms?q={Uri.EscapeDataString(filter)}");
        var link = page.GetByRole(AriaRole.Rowgroup).GetByRole(AriaRole.Link).First;
        return ((await link.GetAttributeAsync("href"))!, (await link.Locator(".cut").InnerTextAsync()).Trim());
    }

    private static async Task FindTemplateAsync(IPage page, string text)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Make it from" }).FillAsync(text);
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
    }

    /// <summary>By keys alone: a template found by its name, then the name of the VM.</summary>
    private static async Task FillAsync(IPage page)
    {
        await FindTemplateAsync(page, "debian");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#new-vm").WaitForAsync();
        await page.GetByLabel("Name", new() { Exact = true }).First.FillAsync("web-100");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true })).ToBeEnabledAsync();
    }

    private static async Task OpenMenuAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menu).WaitForAsync();
    }

    private static async Task ChooseAsync(IPage page, string title)
    {
        await OpenMenuAsync(page);
        await page.GetByRole(AriaRole.Menuitem).Filter(new() { HasTextRegex = new($"^\\s*{title}\\s*$") }).ClickAsync();
        await DemoTour.OpenedAsync(page.GetByRole(AriaRole.Dialog));
    }
}
