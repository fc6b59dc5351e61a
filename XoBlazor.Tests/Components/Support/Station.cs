using Microsoft.Playwright;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Components.Support;

/// <summary>A place of the console to look at: an address, and what is opened there.</summary>
public sealed record Station(string Name, string Path, Func<IPage, Task>? Open = null)
{
    // A page scrolls downwards only, inside the frame; what is wider than the window scrolls in a box of its own or is cut.
    private const string Wide = """
        () => [document.documentElement, ...document.querySelectorAll('main, main > *')]
          .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && (e === document.documentElement || getComputedStyle(e).overflowX !== 'hidden'))
          .map(e => `${e.tagName.toLowerCase()}.${e.className} is ${e.scrollWidth - e.clientWidth} px too wide`)
          .concat(document.querySelector('.frame') && document.documentElement.scrollHeight > innerHeight + 1 ? [`the window is ${document.documentElement.scrollHeight - innerHeight} px too high`] : [])
        """;

    // Words may scroll away; what is to be pressed or filled in may not, unless its row is one that scrolls to it.
    private const string Cut = """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(e => {
            if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
              return false;
            const box = e.getBoundingClientRect();
            const skipped = box.bottom < 0 || getComputedStyle(e).clipPath !== 'none';
            if (skipped || box.width === 0 || (box.right <= innerWidth + 1 && box.left >= -1))
              return false;
            for (let p = e.parentElement; p; p = p.parentElement)
              if (/auto|scroll/.test(getComputedStyle(p).overflowX) && p.scrollWidth > p.clientWidth && p.matches('[data-strip], [role=grid], .scroll, .chips'))
                return false;
            return true;
          }).map(e => `${e.tagName.toLowerCase()} “${(e.getAttribute('aria-label') ?? e.textContent).trim().slice(0, 60)}” is cut at the edge of the window`)
        """;

    private const string Settled = """
        () => Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime < 5000).map(a => a.finished.catch(() => {})))
          .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
        """;

    // Screens of VMs that are in sight have a picture, or words in its place.
    private const string Shown = """
        () => [...document.querySelectorAll('main vm-screen:not([data-state])')].every(e => {
          const box = e.getBoundingClientRect();
          return box.bottom <= 0 || box.top >= innerHeight;
        })
        """;

    /// <summary>Every page, every tab of it, and what opens over it; as far as such a window has it.</summary>
    public static IEnumerable<Station> All(SamplePool pool, View view)
    {
        yield return new("overview", "/");
        foreach (var list in new[] { "vms", "templates", "snapshots", "hosts", "pools", "storage", "disks", "isos", "networks", "transfers", "tasks", "alerts", "journal" })
            yield return new(list, "/" + list);

        foreach (var tab in new[] { "general", "disks", "network", "snapshots", "timeline", "access", "advanced" })
            yield return Tab("vms", pool, pool.Vm(3), tab);
        foreach (var tab in new[] { "general", "vms", "storage", "network", "statistics", "timeline", "advanced" })
            yield return Tab("hosts", pool, First<Host>(pool), tab);
        yield return Tab("vms", pool, pool.Vm(3), "statistics");
        yield return new("vms-values", $"/vms/{pool.Uuid}/{pool.Vm(3).Uuid}?tab=statistics&range=1y&values=table");
        yield return new("vms-month", $"/vms/{pool.Uuid}/{pool.Vm(3).Uuid}?tab=statistics&range=30d");
        yield return new("vms-free", $"/vms/{pool.Uuid}/{pool.Vm(3).Uuid}?tab=statistics&range=free");
        yield return new("srs-space", $"/srs/{pool.Uuid}/{First<Sr>(pool).Uuid}?tab=statistics&range=30d");
        foreach (var tab in new[] { "general", "hosts", "storage", "statistics" })
            yield return new($"pool-{tab}", $"/pools/{pool.Uuid}?tab={tab}");
        foreach (var tab in new[] { "general", "disks", "hosts", "statistics" })
            yield return Tab("srs", pool, First<Sr>(pool), tab);
        foreach (var tab in new[] { "general", "vms", "hosts" })
            yield return Tab("networks", pool, First<Network>(pool), tab);
        yield return Tab("vdis", pool, First<Vdi>(pool), "general");
        yield return Tab("tasks", pool, First<XapiTask>(pool), "general");

        yield return new("settings", "/settings/pools");
        yield return new("settings-add", "/settings/pools", page => OpenAsync(page, "main header button.add", "#pool-address"));
        yield return new("palette", "/vms", async page =>
        {
            await page.WaitForSelectorAsync(".body .row");
            await page.Keyboard.PressAsync("Control+k");
            var search = page.GetByRole(AriaRole.Dialog, new() { Name = "Search" });
            await search.GetByRole(AriaRole.Combobox).FillAsync(pool.Vm(7).NameLabel[1..5]);
            await search.GetByRole(AriaRole.Option).First.WaitForAsync();
        });
        yield return new("help", "/vms", async page =>
        {
            await page.WaitForSelectorAsync(".body .row");
            await page.Keyboard.PressAsync("?");
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        });
        yield return new("user-menu", "/", page => OpenAsync(page, "[aria-label='User menu']", ".user .float"));
        yield return new("tree", "/vms", page => OpenAsync(page, view.IsSmall ? ".top [aria-label='Inventory']" : ".rail [title='Inventory tree']", "[role=treeitem]"));
    }

    /// <summary>Goes there and waits until nothing moves any more.</summary>
    public async Task GoAsync(IPage page, string root)
    {
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(root + Path);
        await page.WaitForSelectorAsync("main h1");
        if (Open is not null)
            await Open(page);
        await page.WaitForFunctionAsync(Shown);
        await RestAsync(page);
    }

    /// <summary>Waits until nothing moves any more.</summary>
    public static Task RestAsync(IPage page) => page.EvaluateAsync(Settled);

    /// <summary>The parts of the page that can be scrolled sideways, and the window itself where it can be scrolled at all.</summary>
    public static Task<string[]> TooWideAsync(IPage page) => page.EvaluateAsync<string[]>(Wide);

    /// <summary>What can be pressed or filled in and is not wholly inside the window's width.</summary>
    public static Task<string[]> CutAsync(IPage page) => page.EvaluateAsync<string[]>(Cut);

    private static Station Tab(string kind, SamplePool pool, XapiObject value, string tab) => new($"{kind}-{tab}", $"/{kind}/{pool.Uuid}/{value.Uuid}?tab={tab}");

    private static T First<T>(SamplePool pool) where T : XapiObject => pool.Picture.All<T>().First();

    private static async Task OpenAsync(IPage page, string button, string opened)
    {
        await page.ClickAsync(button);
        await page.WaitForSelectorAsync(opened);
    }
}
