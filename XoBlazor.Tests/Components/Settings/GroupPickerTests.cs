using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Settings.Directories;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>A directory's groups, offered to an administrator who types; asked of a real slapd with what stands in the form.</summary>
public sealed class GroupPickerTests : SettingsContext, IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private Slapd _slapd = null!;

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _slapd = await Slapd.StartAsync(_authority, ExampleDirectory.Small);

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _slapd.DisposeAsync();
        _authority.Dispose();
        await DisposeAsync();
    }

    [Fact]
    public async Task Group_TypedInPart_IsOfferedAndChosenByKeys()
    {
        var page = await OpenAsync();

        page.Do(() => page.Find("[role=combobox]"), it => it.Input("e"));
        Type(page, "ver");
        page.WaitForElement("[role=option]", Patience.Limit);
        page.Do(() => page.Find("[role=combobox]"), it => it.KeyDown("ArrowDown"));
        page.Do(() => page.Find("[role=combobox]"), it => it.KeyDown("Enter"));

        Assert.Equal($"cn=everyone,{ExampleDirectory.Groups}", page.Find("[role=combobox]").GetAttribute("value"));
        Assert.Empty(page.FindAll("[role=option]"));
    }

    [Fact]
    public async Task Group_SettingsInTheFormThatFail_SaysWhyOnceAndAsksAgainOnlyWhenTheyChange()
    {
        var page = await OpenAsync();
        page.Do(() => page.Find("#d-gbase"), it => it.Change("ou=nowhere,dc=elsewhere"));

        Type(page, "staff");
        page.WaitForAssertion(() => Assert.Contains("asked again when the settings change", page.Find(".combobox .problem").TextContent, StringComparison.Ordinal), Patience.Limit);
        await _slapd.KillAsync();
        Type(page, "staf");
        page.WaitForAssertion(() => Assert.Contains("asked again when the settings change", page.Find(".combobox .problem").TextContent, StringComparison.Ordinal), Patience.Limit);
        var second = page.Find(".combobox .problem").TextContent;
        page.Do(() => page.Find("#d-gbase"), it => it.Change(ExampleDirectory.Groups));
        Type(page, "staff");

        page.WaitForAssertion(() => Assert.Contains("refused the connection", page.Find(".combobox .problem").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.DoesNotContain("refused the connection", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_DistinguishedNameTyped_IsTakenAsItIs()
    {
        var page = await OpenAsync();

        page.Do(() => page.Find("[role=combobox]"), it => it.Input("cn=x,dc=y"));
        page.Do(() => page.Find("form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Equal("cn=x,dc=y", Assert.Single(Get<DirectoryStore>().Current[0].Mappings).Group), Patience.Limit);
    }

    [Fact]
    public void Crumbs_OfADirectory_EndWithIt()
    {
        var crumbs = Open<Crumbs>($"/settings/directories/{Guid.NewGuid():D}");

        Assert.Equal(["Settings", "Directories", "Directory"], crumbs.FindAll("li").Select(crumb => crumb.TextContent.Trim()));
    }

    private async Task<IRenderedComponent<IComponent>> OpenAsync()
    {
        await Get<DirectoryAdministration>().SaveAsync(Boss, App.Accounts.Ldap.Support.Directories.Of(_slapd), Slapd.ReaderPassword, Token);
        var id = Get<DirectoryStore>().Current[0].Id;
        var page = Open<DirectoryPage>($"/settings/directories/{id:D}", ("Id", id));
        page.WaitForElement("#d-gbase", Patience.Limit);
        page.Do(() => page.FindAll("button").First(button => button.TextContent == "Add a mapping"), it => it.Click());
        return page;
    }

    // The picker waits a moment for more keys.
    private void Type(IRenderedComponent<IComponent> page, string text)
    {
        page.Do(() => page.Find("[role=combobox]"), it => it.Input(text));
        Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
