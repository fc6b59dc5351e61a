using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Transfers;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Transfers;

/// <summary>The sheet that asks where VMs are copied or moved to.</summary>
public sealed class CopyDialogTests : ConsoleContext
{
    private const long GiB = 1L << 30;

    private static readonly EnumSet<VmOperation> s_all = EnumSet<VmOperation>.Of(VmOperation.Copy, VmOperation.Export, VmOperation.Snapshot, VmOperation.Destroy);

    [Fact]
    public void Several_ToAnotherPool_BeginWithNetworksOfTheSameName_AndSayWhatPasses()
    {
        using var lyon = Lyon();
        using var paris = new SamplePool(Store, number: 2, vms: 0, name: "Paris");
        var page = OpenSheet(lyon, [1, 7], isMove: false);

        page.Do(() => Field(page, "Pool"), it => it.Change(paris.Uuid));

        page.WaitForAssertion(() => Assert.Contains("2 VMs with 2 disks to SAN volume in Paris: 11 GiB used of 40 GiB.", Sheet(page), StringComparison.Ordinal), Patience.Limit);
        Assert.Contains("1 run, and go as of the moment of its turn", Sheet(page), StringComparison.Ordinal);
        Assert.Equal(["VLAN 10", "VLAN 30"], page.FindAll("[role=dialog] fieldset select").Select(select => select.QuerySelectorAll("option").Single(option => option.GetAttribute("value") == select.GetAttribute("value")).TextContent));
        Assert.Contains("Automatic is none here: Paris has no zstd", Sheet(page), StringComparison.Ordinal);
        Assert.False(Submit(page, "Copy 2 VMs").HasAttribute("disabled"));
    }

    [Fact]
    public void Storage_ThatIsTooSmall_IsNotOffered()
    {
        using var lyon = Lyon();
        using var paris = new SamplePool(Store, number: 2, vms: 0, name: "Paris");
        var small = paris.Picture.All<Sr>().First(sr => sr.NameLabel == "Local storage");
        paris.Apply(small with { PhysicalUtilisation = small.PhysicalSize - GiB });
        CatchUp();
        var page = OpenSheet(lyon, [1], isMove: true);

        var option = Field(page, "Storage").QuerySelectorAll("option").Single(one => one.GetAttribute("value") == small.Uuid);

        Assert.True(option.HasAttribute("disabled"));
        Assert.Contains("needs 5 GiB", option.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(small.Uuid, Field(page, "Storage").GetAttribute("value"));
    }

    [Fact]
    public void Network_WithoutOneOfItsName_HasToBeChosen()
    {
        using var lyon = Lyon();
        using var paris = new SamplePool(Store, number: 2, vms: 0, name: "Paris");
        lyon.Apply(lyon.Picture.Get(new XenRef<Network>("OpaqueRef:net-1"))! with { NameLabel = "only here" });
        CatchUp();
        var page = OpenSheet(lyon, [1], isMove: false);
        page.Do(() => Field(page, "Pool"), it => it.Change(paris.Uuid));

        page.WaitForAssertion(() => Assert.Contains("Choose a network for Device", page.Find("[role=dialog] .sum").TextContent, StringComparison.Ordinal), Patience.Limit);
        page.Do(() => page.Find("[role=dialog] fieldset select"), it => it.Change(paris.Picture.All<Network>().First().Uuid));

        page.WaitForAssertion(() => Assert.False(Submit(page, "Copy").HasAttribute("disabled")), Patience.Limit);
    }

    [Fact]
    public void Move_WantsTheNameTyped_AndOffersOtherPoolsOnly()
    {
        using var lyon = Lyon();
        using var paris = new SamplePool(Store, number: 2, vms: 0, name: "Paris");
        var page = OpenSheet(lyon, [7], isMove: true);

        Assert.Equal([paris.Uuid], Field(page, "Pool").QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Assert.Contains("it is deleted here", Sheet(page), StringComparison.Ordinal);
        Assert.True(Submit(page, "Move").HasAttribute("disabled"));
        page.FindAll("[role=dialog] label").Single(label => label.TextContent.StartsWith("Type ", StringComparison.Ordinal)).NextElementSibling!.Input(lyon.Vm(7).NameLabel);

        page.WaitForAssertion(() => Assert.False(Submit(page, "Move").HasAttribute("disabled")), Patience.Limit);
    }

    [Fact]
    public void Move_OfOneThatRuns_IsLeftOut_WithTheReason()
    {
        using var lyon = Lyon();
        lyon.Apply(lyon.Vm(1) with { AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Snapshot) });
        using var paris = new SamplePool(Store, number: 2, vms: 0, name: "Paris");
        CatchUp();
        var page = OpenSheet(lyon, [1, 7], isMove: true);

        Assert.Contains("Left out: 1", Sheet(page), StringComparison.Ordinal);
        Assert.Contains(lyon.Vm(1).NameLabel, page.Find("[role=dialog] details").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Submit(page, "Move"));
    }

    [Fact]
    public void Plan_GivesEachWhatIsItsOwn()
    {
        using var lyon = Lyon();
        using var paris = new SamplePool(Store, number: 2, vms: 0, name: "Paris");
        CatchUp();
        var plan = new CopyPlan(View, (_, _, _) => null, Targets(lyon, [1, 7]), isMove: false, paris.Uuid) { Starts = true, Compression = "gzip" };
        plan.Names[lyon.Picture.Key(lyon.Vm(1))] = " first ";

        var given = plan.Able.Select(one => plan.Given(one.Pool, one.Vm)).ToList();

        Assert.Equal(["first", lyon.Vm(7).NameLabel + " copy"], given.Select(one => (string?)one["name"]));
        Assert.All(given, one => Assert.Equal(($"{paris.Uuid}/{plan.Storage}", true, "gzip"), ((string)one["sr"]!, (bool)one["start"]!, (string)one["compression"]!)));
        Assert.Equal(lyon.Vm(1).Vifs.Concat(lyon.Vm(7).Vifs).Select(device => lyon.Picture.Get(device)!.Uuid), given.SelectMany(one => one["mapVifsNetworks"]!.AsObject()).Select(one => one.Key));
        Assert.All(given.SelectMany(one => one["mapVifsNetworks"]!.AsObject()), one => Assert.StartsWith($"{paris.Uuid}/", (string?)one.Value, StringComparison.Ordinal));
    }

    /// <summary>A pool with two VMs that can be copied, one of which runs.</summary>
    private SamplePool Lyon()
    {
        var pool = new SamplePool(Store);
        foreach (var at in (int[])[1, 7])
        {
            pool.Apply(
                pool.Vm(at) with { AllowedOperations = s_all, PowerState = at == 7 ? VmPowerState.Halted : VmPowerState.Running },
                pool.Picture.Get(new XenRef<Vbd>($"OpaqueRef:vbd-{at}"))! with { Type = VbdType.Disk, Userdevice = "0" },
                pool.Picture.Get(new XenRef<Vdi>($"OpaqueRef:vdi-{at}"))! with { PhysicalUtilisation = (at == 1 ? 5 : 6) * GiB },
                pool.Picture.Get(new XenRef<Vif>($"OpaqueRef:vif-{at}"))! with { Device = "0" });
        }

        return pool;
    }

    private void CatchUp() => Services.GetRequiredService<Core.Access.VisibleStores>().CatchUp();

    private static List<(PoolPicture Pool, XapiObject Object)> Targets(SamplePool pool, int[] vms) => [.. vms.Select(at => (pool.Picture, (XapiObject)pool.Vm(at)))];

    private IRenderedComponent<IComponent> OpenSheet(SamplePool pool, int[] vms, bool isMove)
    {
        var page = Open<VmsPage>("/vms");
        _ = page.InvokeAsync(() => Services.GetRequiredService<Actions>().CopyAsync(Targets(pool, vms), isMove));
        page.WaitForElement("[role=dialog] form", Patience.Limit);
        return page;
    }

    private static string Sheet(IRenderedComponent<IComponent> page) => page.Find("[role=dialog]").TextContent;

    private static IElement Field(IRenderedComponent<IComponent> page, string label) =>
        page.Find("#" + page.FindAll("[role=dialog] label").Single(one => one.TextContent.Trim() == label).GetAttribute("for"));

    private static IElement Submit(IRenderedComponent<IComponent> page, string verb) => page.FindAll("[role=dialog] button[type=submit]").Single(button => button.TextContent.Trim() == verb);
}
