using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Vms;

/// <summary>A VM made on one page: the template first, then everything about it.</summary>
public sealed class NewVmPageTests : ConsoleContext
{
    private string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;

    [Fact]
    public void Template_TypedInPart_IsOfferedWithItsPoolAndChosenByKeys()
    {
        using var lyon = new SamplePool(Store);
        using var paris = new SamplePool(Store, 2, name: "Paris");
        MakeTemplate(lyon, 1, "Debian 12", isOfProduct: true);
        MakeTemplate(paris, 2, "our debian");
        MakeTemplate(paris, 3, "our windows");
        var page = Open<NewVmPage>("/vms/new");
        Assert.Empty(page.FindAll("form"));

        page.Do(() => page.Find("#new-vm-template"), it => it.Input("deb"));
        var offered = page.FindAll("[role=option]").Select(option => option.TextContent.Trim()).ToList();
        page.Do(() => page.Find("#new-vm-template"), it => it.KeyDown("ArrowDown"));
        page.Do(() => page.Find("#new-vm-template"), it => it.KeyDown("Enter"));

        Assert.Equal(["our debianParis", "Debian 12Lyon"], offered);
        Assert.Equal($"/vms/new?template={Uri.EscapeDataString($"{paris.Uuid}/{paris.Vm(2).Uuid}")}", Address);
        Assert.Equal("our debian", page.Find("#new-vm-template").GetAttribute("value"));
        Assert.Contains("Name is needed", page.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("aside button").HasAttribute("disabled"));
    }

    [Fact]
    public void Template_InTheAddress_IsChosenAndTheSummaryFollowsTheFields()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");

        var page = OpenWith(pool, 1);
        page.Do(() => Field(page, "Name"), it => it.Input("web-9"));
        page.Do(() => Field(page, "Memory"), it => it.Input("3"));

        Assert.Equal("web-9", page.Find("aside h2").TextContent);
        Assert.Contains("3 GiB", page.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.False(page.Find("aside button").HasAttribute("disabled"));
    }

    [Fact]
    public void Template_AnotherOneChosen_KeepsWhatWasFilledInAndNotWhatItsPoolHas()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");
        MakeTemplate(pool, 2, "Debian 13");
        var page = OpenWith(pool, 1);
        page.Do(() => Field(page, "Name"), it => it.Input("web-9"));
        page.Do(() => page.FindAll("form button").First(button => button.TextContent.Trim() == "Device"), it => it.Click());
        var devices = page.FindAll("form label").Count(label => label.TextContent.Trim() == "Network");

        page.Do(() => page.Find("#new-vm-template"), it => it.Input("Debian 13"));
        page.Do(() => page.Find("#new-vm-template"), it => it.KeyDown("Enter"));

        Assert.Equal("web-9", Field(page, "Name").GetAttribute("value"));
        Assert.Equal(devices - 1, page.FindAll("form label").Count(label => label.TextContent.Trim() == "Network"));
        Assert.Equal("Debian 13", page.Find("aside a .cut").TextContent.Trim());
    }

    [Fact]
    public void Template_WithoutDevices_BeginsOnTheNetworkThePoolIsManagedBy()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");
        pool.Remove(pool.Picture.Get(new XenRef<Vif>("OpaqueRef:vif-1"))!);
        pool.Apply(new Pif { Ref = "OpaqueRef:pif", Uuid = "7d1a4e4b-4e4b-4d1a-8f57-6e1ff4e4a1c0", Host = new("OpaqueRef:host-0"), Network = new("OpaqueRef:net-2"), Management = true });

        var page = OpenWith(pool, 1);

        var network = Field(page, "Network");
        Assert.Equal("VLAN 20", network.QuerySelectorAll("option").First(option => option.GetAttribute("value") == network.GetAttribute("value")).TextContent.Trim());
    }

    [Fact]
    public void Create_Refused_SaysSoAndKeepsWhatWasTyped()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");
        var page = OpenWith(pool, 1);
        page.Do(() => Field(page, "Name"), it => it.Input("web-9"));

        page.Do(() => page.Find("form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Contains("out of reach", page.Find("aside [role=alert]").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.Equal("web-9", Field(page, "Name").GetAttribute("value"));
        Assert.StartsWith("/vms/new", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeptConfig_FillsTheText_FollowsTheName_AndLeavesWhatIsTyped()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");
        var (configs, by) = (Services.GetRequiredService<CloudConfigs>(), new Requester(new("1", "Ada"), "console"));
        var web = await configs.CreateAsync(by, "web", "#cloud-config\nhostname: {name}-{index}\n", isNetwork: false, Xunit.TestContext.Current.CancellationToken);
        var net = await configs.CreateAsync(by, "static", "version: 2 # {name}\n", isNetwork: true, Xunit.TestContext.Current.CancellationToken);
        var page = OpenWith(pool, 1);

        page.DoWhenThere("#kept-config", it => it.Change(web.Id.ToString("D")));
        page.Do(() => page.Find("#kept-network-config"), it => it.Change(net.Id.ToString("D")));
        var open = Value(page, "Cloud-init configuration");
        page.Do(() => Field(page, "Name"), it => it.Input("web-9"));
        var named = (Value(page, "Cloud-init configuration"), Value(page, "Cloud-init network configuration"));
        page.Do(() => Field(page, "Cloud-init configuration"), it => it.Change("#cloud-config\nhostname: mine\n"));
        page.Do(() => Field(page, "Name"), it => it.Input("web-10"));

        Assert.Equal("#cloud-config\nhostname: {name}-0\n", open);
        Assert.Equal(("#cloud-config\nhostname: web-9-0\n", "version: 2 # web-9\n"), named);
        Assert.Equal(("#cloud-config\nhostname: mine\n", "version: 2 # web-10\n"), (Value(page, "Cloud-init configuration"), Value(page, "Cloud-init network configuration")));
        Assert.Contains("Cloud-init", page.Find("aside").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void KeptConfigs_None_TakeNoRoom()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");

        var page = OpenWith(pool, 1);

        Assert.Empty(page.FindAll(".kept"));
    }

    [Fact]
    public void Template_GoesMeanwhile_IsToldAndNothingCanBeMadeOfIt()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");
        var page = OpenWith(pool, 1);
        page.Do(() => Field(page, "Name"), it => it.Input("web-9"));

        pool.Remove(pool.Vm(1));
        Beat();

        Assert.Contains("The template is gone", page.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("aside button").HasAttribute("disabled"));
    }

    [Fact]
    public void NoTemplate_SaysSoUntilThereIsOne()
    {
        using var pool = new SamplePool(Store);
        var page = Open<NewVmPage>("/vms/new");
        var before = page.Find("h2").TextContent;

        MakeTemplate(pool, 1, "Debian 12");
        Beat();

        Assert.Equal("There is no template that you can make a VM from", before);
        Assert.NotEmpty(page.FindAll("#new-vm-template"));
    }

    [Fact]
    public void NewVm_OnATemplatesPage_LeadsHere()
    {
        using var pool = new SamplePool(Store);
        MakeTemplate(pool, 1, "Debian 12");
        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));

        page.Do(() => page.FindAll("button").First(button => button.TextContent.Trim() == "New VM from this"), it => it.Click());

        Assert.Equal($"/vms/new?template={Uri.EscapeDataString($"{pool.Uuid}/{pool.Vm(1).Uuid}")}", Address);
    }

    private static void MakeTemplate(SamplePool pool, int vm, string name, bool isOfProduct = false) =>
        pool.Apply(pool.Vm(vm) with { IsATemplate = true, IsDefaultTemplate = isOfProduct, PowerState = VmPowerState.Halted, ResidentOn = default, NameLabel = name, Tags = [] });

    private IRenderedComponent<IComponent> OpenWith(SamplePool pool, int vm) => Open<NewVmPage>($"/vms/new?template={Uri.EscapeDataString($"{pool.Uuid}/{pool.Vm(vm).Uuid}")}");

    private static string? Value(IRenderedComponent<IComponent> page, string label) => Field(page, label).GetAttribute("value");

    private static IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        var named = page.FindAll("form label").First(one => one.TextContent.Trim() == label);
        return page.Find($"#{named.GetAttribute("for")}");
    }
}
