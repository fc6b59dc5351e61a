using System.Collections.Frozen;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Transfers;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Transfers;

/// <summary>The dialog that asks for a file and where it goes.</summary>
public sealed class ImportDialogTests : ConsoleContext
{
    [Fact]
    public void Import_OffersStorage_AndWantsAFile()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog();

        Assert.Contains("Choose a file", page.Find("[role=dialog] [role=status]").TextContent, StringComparison.Ordinal);
        Assert.True(Submit(page).HasAttribute("disabled"));
        Assert.NotEmpty(Field(page, "Storage").QuerySelectorAll("option:not([disabled])[value]:not([value=''])"));
        Assert.Equal("file", Field(page, "File").GetAttribute("type"));
    }

    [Fact]
    public void Import_OfAnIso_OffersLibrariesOnly()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog();

        page.Do(() => Field(page, "What it is"), it => it.Change("sr.import_iso"));

        page.WaitForAssertion(() => Assert.All(Field(page, "ISO library").QuerySelectorAll("option[value]:not([value=''])"), option => Assert.StartsWith("ISO library", option.TextContent, StringComparison.Ordinal)), Patience.Limit);
        Assert.Single(Field(page, "ISO library").QuerySelectorAll("option[value]:not([value='']):not([disabled])"));
    }

    [Fact]
    public void Import_ByWhoeverMayNot_SaysWhyOfEachStorage()
    {
        using var pool = new SamplePool(Store);
        Services.GetRequiredService<AccessEngine>().Apply(new([], [new("view", SubjectId.User("1"), Role.Viewer.Id, new AccessScope.OfPool(pool.Uuid))], FrozenDictionary<string, System.Collections.Immutable.ImmutableArray<string>>.Empty));
        var page = OpenDialog();

        Assert.All(Field(page, "Storage").QuerySelectorAll("option").Where(option => option.GetAttribute("value") is { Length: > 0 }), option =>
        {
            Assert.True(option.HasAttribute("disabled"));
            Assert.Contains("Import VMs", option.TextContent, StringComparison.Ordinal);
        });
        Assert.True(Submit(page).HasAttribute("disabled"));
    }

    [Fact]
    public void Storage_Chosen_LeavesTheFieldsThatSomebodyIsTypingIn()
    {
        using var pool = new SamplePool(Store);
        var page = OpenDialog();
        var possible = Field(page, "Storage").QuerySelectorAll("option:not([disabled])[value]:not([value=''])").Select(option => option.GetAttribute("value")!).ToList();
        page.Do(() => Field(page, "Storage"), it => it.Change(possible[0]));
        var name = Field(page, "Name").Id;
        page.Do(() => Field(page, "Name"), it => it.Input("came back"));

        page.Do(() => Field(page, "Storage"), it => it.Change(possible[^1]));

        Assert.Equal((name, "came back"), (Field(page, "Name").Id, Field(page, "Name").GetAttribute("value")));
    }

    [Fact]
    public void Transfers_OfNobody_SayHowToBegin()
    {
        using var pool = new SamplePool(Store);

        var page = Open<TransfersPage>("/transfers");

        Assert.Contains("No transfer here", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<IComponent> OpenDialog()
    {
        var page = Open<VmsPage>("/vms");
        page.DoWhenThere("button[title^='A VM, a disk']", it => it.Click());
        page.WaitForElement("[role=dialog] input[type=file]", Patience.Limit);
        return page;
    }

    private static IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        var named = page.FindAll("[role=dialog] label").Single(one => one.TextContent.Trim() == label);
        return page.Find("#" + named.GetAttribute("for"));
    }

    private static IElement Submit(IRenderedComponent<IComponent> page) => page.Find("[role=dialog] button[type=submit]");
}
