using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Layout;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Layout;

public sealed class FrameTests : ConsoleContext
{
    [Fact]
    public void LiveSign_EventComes_ShowsItsAge()
    {
        using var pool = new SamplePool(Store);
        var sign = Open<LiveSign>("/");

        Clock.Advance(TimeSpan.FromSeconds(12));
        Beat();

        Assert.Contains("1 pool · last event 12 s ago", Words(sign.Find("a")), StringComparison.Ordinal);
    }

    [Fact]
    public void LiveSign_NoPool_SaysSo() => Assert.Contains("No pool yet", Open<LiveSign>("/").Markup, StringComparison.Ordinal);

    [Fact]
    public void RunningTasks_TaskProgressesAndEnds_FollowsIt()
    {
        using var pool = new SamplePool(Store);
        var tasks = Open<RunningTasks>("/");
        tasks.Do(() => tasks.Find("button"), it => it.Click());
        var running = new XapiTask { Ref = "OpaqueRef:task-0", Uuid = "t", NameLabel = "VM.pool_migrate", Status = XapiTaskStatus.Pending, Progress = .8 };

        pool.Apply(running);
        Beat();
        var progress = tasks.Find("[role=dialog]").TextContent;
        pool.Apply(running with { Status = XapiTaskStatus.Success });
        Beat();

        Assert.Contains("80 %", progress, StringComparison.Ordinal);
        Assert.Contains("Nothing is running.", tasks.Markup, StringComparison.Ordinal);
        Assert.Equal("No task is running", tasks.Find("button").GetAttribute("aria-label"));
    }

    [Fact]
    public void Tree_HostOpened_ShowsItsVmsAndFollowsAMigration()
    {
        using var pool = new SamplePool(Store, hosts: 2, vms: 4);
        var tree = Open<InventoryTree>("/");
        tree.Do(() => tree.Find("[aria-label='Open lyon-host-01']"), it => it.Click());
        var before = Lines(tree);

        pool.Apply(pool.Vm(1) with { ResidentOn = new("OpaqueRef:host-0") });
        Beat();

        Assert.Contains("db-0001", before);
        Assert.DoesNotContain("db-0001", Lines(tree));
    }

    [Fact]
    public void Tree_AtAConsole_MarksItsVm()
    {
        using var pool = new SamplePool(Store, hosts: 2, vms: 4);
        var tree = Open<InventoryTree>($"/console/{pool.Uuid}/{pool.Vm(1).Uuid}");
        tree.Do(() => tree.Find("[aria-label='Open lyon-host-01']"), it => it.Click());
        var at = tree.FindAll("[aria-current=page]").Select(line => line.GetAttribute("href")).ToList();

        Services.GetRequiredService<NavigationManager>().NavigateTo("/vms");

        Assert.Equal([$"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}"], at);
        tree.WaitForAssertion(() => Assert.Empty(tree.FindAll("[aria-current=page]")));
    }

    [Theory]
    [InlineData("/vms", "VMs")]
    [InlineData("/console/pool/vm", "VMs")]
    [InlineData("/srs/pool/sr", "Storage")]
    [InlineData("/", "Overview")]
    [InlineData("/consoles", null)]
    public void Rail_MarksThePlaceOfThePage(string address, string? place) =>
        Assert.Equal(place, Open<Rail>(address).FindAll(".active").SingleOrDefault()?.TextContent.Trim());

    [Fact]
    public void Tree_Keys_OpenAndGo()
    {
        using var pool = new SamplePool(Store, hosts: 1, vms: 2);
        var tree = Open<InventoryTree>("/");
        var box = tree.Find("[role=tree]");

        box.KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        tree.Do(() => tree.Find("[role=tree]"), it => it.KeyDown(new KeyboardEventArgs { Key = "ArrowRight" }));
        tree.Do(() => tree.Find("[role=tree]"), it => it.KeyDown(new KeyboardEventArgs { Key = "ArrowDown" }));
        tree.Do(() => tree.Find("[role=tree]"), it => it.KeyDown(new KeyboardEventArgs { Key = "Enter" }));

        Assert.EndsWith($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web-0005", "web-0005")]
    [InlineData("192.168.0.6", "dns-0004")]
    [InlineData("lyon-host-01", "lyon-host-01")]
    public void Palette_TextTyped_FindsByNameAndAddress(string text, string found)
    {
        using var pool = new SamplePool(Store);
        var palette = Open<Palette>("/");

        palette.Do(() => palette.Find("input"), it => it.Input(text));

        Assert.Contains(found, palette.FindAll("[role=option] .cut").Select(Words));
    }

    [Theory]
    [InlineData("start web", "Start web-0000")]
    [InlineData("shut down db-0001", "Shut down db-0001")]
    public void Palette_VerbAndName_OffersWhatIsPossible(string text, string offered)
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(0) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start) }, pool.Vm(1) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.CleanShutdown) });
        var palette = Open<Palette>("/");

        palette.Do(() => palette.Find("input"), it => it.Input(text));

        Assert.Equal([offered], palette.FindAll("[role=option] .cut:not(.where)").Select(Words).Where(w => w.Contains(' ', StringComparison.Ordinal)));
    }

    [Fact]
    public void Palette_NothingFound_SaysSo()
    {
        using var pool = new SamplePool(Store);
        var palette = Open<Palette>("/");

        palette.Do(() => palette.Find("input"), it => it.Input("<b>nothing</b>"));

        Assert.Contains("Nothing is called “<b>nothing</b>”.", palette.Find(".none").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpaqueRef:sr-2", "ISOs")]
    [InlineData("OpaqueRef:sr-0", "Disks")]
    public void Crumbs_OfADisk_LeadToTheListThatItIsIn(string sr, string list)
    {
        using var pool = new SamplePool(Store, vms: 2);
        pool.Apply(new Vdi { Ref = "OpaqueRef:own", Uuid = "own-uuid", NameLabel = "rescue", Sr = new(sr), Managed = true });

        var crumbs = Open<Crumbs>($"/vdis/{pool.Uuid}/own-uuid");

        Assert.Equal([list, "Lyon", "rescue"], crumbs.FindAll("li").Select(Words));
    }

    [Fact]
    public void Crumbs_ObjectsPage_NamePoolAndObjectAndFollowARename()
    {
        using var pool = new SamplePool(Store);
        var crumbs = Open<Crumbs>($"/vms/{pool.Uuid}/{pool.Vm(5).Uuid}");

        pool.Apply(pool.Vm(5) with { NameLabel = "renamed" });
        Beat();

        Assert.Equal(["VMs", "Lyon", "renamed"], crumbs.FindAll("li").Select(Words));
    }

    private static List<string> Lines(IRenderedComponent<IComponent> tree) => [.. tree.FindAll("[role=treeitem] a.name").Select(a => a.FirstChild!.TextContent)];

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
