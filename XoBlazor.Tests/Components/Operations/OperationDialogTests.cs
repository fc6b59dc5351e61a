using System.Collections.Frozen;
using System.Collections.Immutable;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Operations;

/// <summary>The dialog that asks for an operation's parameters, on the page of a VM.</summary>
public sealed class OperationDialogTests : ConsoleContext
{
    [Fact]
    public void Migrate_OffersHostsWithTheReasonsAgainstOthers()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog(pool, "Migrate", VmOperation.PoolMigrate);

        var hosts = Field(page, "To host").QuerySelectorAll("option");
        Assert.Contains(hosts, option => option.TextContent.StartsWith("lyon-host-00", StringComparison.Ordinal) && !option.HasAttribute("disabled"));
        Assert.Contains(hosts, option => option.TextContent.Contains("lyon-host-01 is in maintenance", StringComparison.Ordinal) && option.HasAttribute("disabled"));
        Assert.True(Button(page, "Migrate").HasAttribute("disabled"));
        Assert.Contains("To host is needed", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_Refused_SaysSoInTheDialogAndKeepsWhatWasTyped()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog(pool, "Snapshot", VmOperation.Snapshot);
        page.Do(() => Field(page, "Name"), it => it.Input("before the change"));

        page.Do(() => page.Find("[role=dialog] form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Contains("out of reach", page.Find("[role=dialog] [role=alert]").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.Equal("before the change", Field(page, "Name").GetAttribute("value"));
    }

    [Fact]
    public void Edit_CanBeSavedOnceSomethingIsChanged()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog(pool, "Edit", VmOperation.Snapshot);
        Assert.Equal(pool.Vm(1).NameLabel, Field(page, "Name").GetAttribute("value"));
        Assert.True(Button(page, "Save").HasAttribute("disabled"));

        page.Do(() => Field(page, "Name"), it => it.Input("renamed"));

        page.WaitForAssertion(() => Assert.False(Button(page, "Save").HasAttribute("disabled")), Patience.Limit);
    }

    [Fact]
    public void Edit_OfWhoMayChangeTheMemory_ShowsTheRestReadOnlyWithTheReason()
    {
        using var pool = new SamplePool(Store);
        Services.GetRequiredService<AccessEngine>().Apply(new([Role.Custom("memory", "Memory", [VmRights.EditMemory.Name])], [new("own", SubjectId.User("1"), "memory", new AccessScope.OfPool(pool.Uuid))], FrozenDictionary<string, ImmutableArray<string>>.Empty));
        var page = OpenDialog(pool, "Edit", VmOperation.Snapshot);

        Assert.Contains("You lack the right “Change names and notes of VMs”.", ReadOnly("Name"), StringComparison.Ordinal);
        Assert.Contains("You lack the right “Change processors of VMs”.", ReadOnly("vCPUs"), StringComparison.Ordinal);
        Assert.Null(ReadOnly("Memory"));
        Assert.Equal(pool.Vm(1).NameLabel, Field(page, "Name").GetAttribute("value"));

        string? ReadOnly(string label) => Field(page, label).Closest("fieldset[disabled]")?.TextContent;
    }

    [Fact]
    public void Delete_SaysWhatGoesAndWantsTheName()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Picture.Get(new XenRef<Vbd>("OpaqueRef:vbd-1"))! with { Type = VbdType.Disk });
        var page = OpenDialog(pool, "Delete", VmOperation.Destroy);

        Assert.Contains("disk disk of 1 (20 GiB)", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        Assert.True(Button(page, "Delete").HasAttribute("disabled"));
        page.FindAll("[role=dialog] label").Single(label => label.TextContent.StartsWith("Type ", StringComparison.Ordinal)).NextElementSibling!.Input(pool.Vm(1).NameLabel);
        page.WaitForAssertion(() => Assert.False(Button(page, "Delete").HasAttribute("disabled")), Patience.Limit);
    }

    [Fact]
    public void Blocked_IsAskedAboutOnlyThat_WithTheReason()
    {
        using var pool = new SamplePool(Store);
        pool.Apply(pool.Vm(1) with { BlockedOperations = XenMap<VmOperation, string>.Of(new KeyValuePair<VmOperation, string>(VmOperation.HardReboot, "payroll")) });
        var page = OpenDialog(pool, "Force reboot", VmOperation.CleanReboot);

        Assert.Contains("payroll", page.Find("[role=dialog] [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Although it is blocked", Assert.Single(page.FindAll("[role=dialog] label")).TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void NotBlocked_IsAskedNothingMore()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog(pool, "Force reboot", VmOperation.HardReboot);

        Assert.Empty(page.FindAll("[role=dialog] label"));
    }

    private IRenderedComponent<IComponent> OpenDialog(SamplePool pool, string title, VmOperation allowed)
    {
        pool.Apply(pool.Vm(1) with { AllowedOperations = EnumSet<VmOperation>.Of(allowed) });
        var page = Open<VmPage>($"/vms/{pool.Uuid}/{pool.Vm(1).Uuid}", ("PoolUuid", pool.Uuid), ("Uuid", pool.Vm(1).Uuid));
        page.Do(() => page.Find("button[aria-label='More actions']"), it => it.Click());
        page.Do(() => page.FindAll("[role=menuitem]").Single(item => item.QuerySelector("span")!.ChildNodes[0].TextContent.Trim() == title), it => it.Click());
        page.WaitForAssertion(() => page.Find("[role=dialog] form"), Patience.Limit);
        return page;
    }

    private static IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        var named = page.FindAll("[role=dialog] label").First(one => one.TextContent.Trim() == label);
        return page.Find($"#{named.GetAttribute("for")}");
    }

    private static IElement Button(IRenderedComponent<IComponent> page, string verb) => page.FindAll("[role=dialog] button[type=submit]").Single(button => button.TextContent.Trim() == verb);
}
