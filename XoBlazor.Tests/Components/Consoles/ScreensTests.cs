using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>Where pages have a place for the picture of a VM's screen, and where not; the picture itself is the browser's to fetch.</summary>
public sealed class ScreensTests : OperatorContext
{
    private const string Column = "/vms?cols=name,screen";

    [Fact]
    public void List_WithTheColumn_HasThoseThatRun()
    {
        using var pool = new SamplePool(Store, vms: 5);

        var page = Open<VmsPage>(Column);

        Assert.Equal(pool.Picture.All<Vm>().Where(vm => vm.PowerState == VmPowerState.Running).Select(vm => $"/consoles/{pool.Uuid}/{vm.Uuid}/thumbnail").Order(StringComparer.Ordinal), Screens(page));
        Assert.Equal("Screen of db-0001", page.Find("vm-screen[label*=db]").GetAttribute("label"));
    }

    [Fact]
    public void List_AsItIsAtFirst_HasNone()
    {
        using var pool = new SamplePool(Store, vms: 5);

        Assert.Empty(Screens(Open<VmsPage>("/vms")));
    }

    [Fact]
    public void List_OfSomebodyWhoMayNotSeeConsoles_HasNone_AndLosesThemWithTheRight()
    {
        using var pool = new SamplePool(Store, vms: 5);
        Give(On(Role.Operator, pool));
        BeatAfterAll();
        var page = Open<VmsPage>(Column);
        Assert.NotEmpty(Screens(page));

        Give(On(Role.Viewer, pool));
        BeatAfterAll();

        Wait(page, () => Assert.Empty(page.FindAll("vm-screen")));
        Assert.Contains("db-0001", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void VmPage_OfOneThatRuns_HasIt_AndSaysSoWhenItIsOff()
    {
        using var pool = new SamplePool(Store, vms: 5);

        var page = OpenVm(pool, pool.Vm(1));
        var shown = Screens(page);
        var console = page.Find("a.screen").GetAttribute("href");
        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Halted, ResidentOn = default });
        Clock.Advance(TimeSpan.FromSeconds(1));
        Beat();

        Assert.Equal($"/consoles/{pool.Uuid}/{pool.Vm(1).Uuid}/thumbnail", Assert.Single(shown));
        Assert.Equal($"/console/{pool.Uuid}/{pool.Vm(1).Uuid}", console);
        page.WaitForAssertion(() => Assert.Equal("db-0001 is halted, and shows nothing.", page.Find(".screen.none").TextContent));
        Assert.Empty(Screens(page));
    }

    [Fact]
    public void VmPage_OfSomebodyWhoMayNotSeeConsoles_HasNoPlaceForIt()
    {
        using var pool = new SamplePool(Store, vms: 5);
        Give(On(Role.Operator, pool));
        BeatAfterAll();
        var page = OpenVm(pool, pool.Vm(1));
        Assert.Single(Screens(page));

        Give(On(Role.Viewer, pool));
        BeatAfterAll();

        Wait(page, () => Assert.DoesNotContain(page.FindAll("h2"), heading => heading.TextContent == "Screen"));
        Assert.Empty(Screens(page));
        Assert.Contains("db-0001", page.Markup, StringComparison.Ordinal);
    }

    private static Grant On(Role role, SamplePool pool) => new("pool", SubjectId.User("1"), role.Id, new AccessScope.OfPool(pool.Uuid));

    private static string[] Screens(IRenderedComponent<IComponent> page) =>
        [.. page.FindAll("vm-screen").Select(picture => picture.GetAttribute("src")!).Order(StringComparer.Ordinal)];

    private IRenderedComponent<IComponent> OpenVm(SamplePool pool, Vm vm) => Open<VmPage>($"/vms/{pool.Uuid}/{vm.Uuid}", ("PoolUuid", pool.Uuid), ("Uuid", vm.Uuid));
}
