using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Storage;

/// <summary>The list of what is in ISO libraries.</summary>
public sealed class IsosPageTests : ConsoleContext
{
    [Fact]
    public void List_HasIsosOnly_WithWhatHasThemInADrive()
    {
        using var pool = new SamplePool(Store, vms: 3);
        Put(pool, "rescue.iso", drives: [1]);
        Put(pool, "debian.iso");

        var page = Open<IsosPage>("/isos");

        Assert.Collection(page.FindAll("[role=row]:not(.header):not(.footer)"),
            row => Assert.Contains("debian.iso", row.TextContent, StringComparison.Ordinal), row => Assert.Contains("rescue.iso", row.TextContent, StringComparison.Ordinal));
        Assert.Contains("db-0001", Row(page, "rescue.iso").TextContent, StringComparison.Ordinal);
        Assert.Contains("ISO library", Row(page, "debian.iso").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("disk of", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Menu_OfAnIso_HasWhatSuitsADisc_AndSaysWhoHasIt()
    {
        using var pool = new SamplePool(Store, vms: 3);
        Put(pool, "rescue.iso", drives: [1, 2]);
        var page = Open<IsosPage>("/isos");

        page.Do(() => Row(page, "rescue.iso"), row => row.ContextMenu());

        page.WaitForElement("[role=menu] [role=menuitem]", Patience.Limit);
        Assert.Equal("", Item(page, "Insert into a VM").GetAttribute("aria-disabled") ?? "");
        Assert.Contains("in the drive of db-0001, mail-0002; eject it there first", Item(page, "Delete").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("[role=menuitem]"), item => item.TextContent.Contains("Move to storage", StringComparison.Ordinal));
    }

    [Fact]
    public void Upload_FromHere_IsOfAnIso_FromAFileOrAnAddress()
    {
        using var pool = new SamplePool(Store);
        var page = Open<IsosPage>("/isos");

        page.DoWhenThere("button[title^='Into a library']", it => it.Click());
        page.WaitForElement("[role=dialog] input[type=file]", Patience.Limit);
        var kind = Field(page, "What it is").GetAttribute("value");
        page.Do(() => Field(page, "From"), it => it.Change("address"));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=dialog] input[type=file]")), Patience.Limit);
        Assert.Equal("sr.import_iso", kind);
        Assert.NotNull(Field(page, "Address"));
        Assert.Single(Field(page, "ISO library").QuerySelectorAll("option[value]:not([value='']):not([disabled])"));
        Assert.True(page.Find("[role=dialog] button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public void Isos_AreInThePalette_AndHaveAKey() =>
        Assert.Contains(Place.All, place => place is { Name: "ISOs", Url: "/isos", Key: "i" });

    /// <summary>An image in the sample's library, in the drives of some VMs.</summary>
    private static void Put(SamplePool pool, string name, params int[] drives)
    {
        var reference = $"OpaqueRef:{name}";
        pool.Apply(new Vdi
        {
            Ref = reference,
            Uuid = $"uuid-{name}",
            NameLabel = name,
            Sr = new("OpaqueRef:sr-2"),
            VirtualSize = 1 << 30,
            Managed = true,
            AllowedOperations = EnumSet<VdiOperation>.Of(VdiOperation.Destroy),
            Vbds = [.. drives.Select(vm => new XenRef<Vbd>($"{reference}-{vm}"))],
        });
        foreach (var vm in drives)
            pool.Apply(new Vbd { Ref = $"{reference}-{vm}", Uuid = $"vbd-{name}-{vm}", Vm = new($"OpaqueRef:vm-{vm}"), Vdi = new(reference), Type = VbdType.Cd, CurrentlyAttached = true });
    }

    private static IElement Row(IRenderedComponent<IComponent> page, string name) => page.FindAll("[role=row]").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal));

    private static IElement Item(IRenderedComponent<IComponent> page, string title) => page.FindAll("[role=menuitem]").First(item => item.TextContent.Trim().StartsWith(title, StringComparison.Ordinal));

    private static IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        var named = page.FindAll("[role=dialog] label").First(one => one.TextContent.Trim().StartsWith(label, StringComparison.Ordinal));
        return page.Find("#" + named.GetAttribute("for"));
    }
}
