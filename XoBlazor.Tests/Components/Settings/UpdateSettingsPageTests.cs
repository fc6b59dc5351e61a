using System.Text;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Settings.Updates;
using XoBlazor.Core.Access;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>Where updates come from, as an administrator sees and changes it.</summary>
public sealed class UpdateSettingsPageTests : SettingsContext
{
    public UpdateSettingsPageTests()
    {
        Services.AddSingleton(_ => Get<ICatalogueSettings>());
        Services.AddSingleton(_ => Get<CatalogueHome>());
    }

    [Fact]
    public void Catalogue_ThatCannotBeFetched_IsToldInWords_AndOneUploadedTakesItsPlace()
    {
        var page = Open<UpdateSettingsPage>("/settings/updates");
        Press(page, "Fetch now");
        WaitFor(page, () => Assert.Contains("127.0.0.1 cannot be reached", page.Markup, StringComparison.Ordinal));

        Upload(page, "Upload a catalogue", "updates.xml", CatalogueFile.Of("8.2.1", (new MadeUpdate("XS82E001"), new Uri("https://example.org/1.zip")), (new MadeUpdate("XS82E002"), new Uri("https://example.org/2.zip"))));

        WaitFor(page, () => Assert.Contains("2 updates for 1 version", page.Markup, StringComparison.Ordinal));
        Assert.Contains("8.2.1", page.Markup, StringComparison.Ordinal);
        Assert.Contains("a file that was uploaded here", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Buttons(page, "Fetch now"));
    }

    [Fact]
    public async Task Catalogue_Uploaded_IsRemovedOnceConfirmed()
    {
        await Get<CatalogueHome>().UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(CatalogueFile.Of("8.2.1", (new MadeUpdate("XS82E001"), new Uri("https://example.org/1.zip"))))), Xunit.TestContext.Current.CancellationToken);
        var page = Open<UpdateSettingsPage>("/settings/updates");

        Press(page, "Remove it");
        Confirm(page);

        WaitFor(page, () => Assert.NotEmpty(Buttons(page, "Fetch now")));
        Assert.Null((await Get<CatalogueHome>().StateAsync(Xunit.TestContext.Current.CancellationToken)).Uploaded);
    }

    [Fact]
    public void ClientId_Uploaded_ShowsWhoseItIs_AndNeverItsKey()
    {
        var page = Open<UpdateSettingsPage>("/settings/updates");
        Upload(page, "Upload the file", "client.json", """{"username":"client-77","apikey":"canary"}""");

        WaitFor(page, () => Assert.NotEmpty(Buttons(page, "Replace")));
        Assert.Contains("client-77", page.Markup, StringComparison.Ordinal);
        Assert.Contains("by admin", page.Markup, StringComparison.Ordinal);
        Assert.Contains("fileservice.citrix.com", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", page.Markup, StringComparison.Ordinal);

        Press(page, "Remove");
        Confirm(page);
        WaitFor(page, () => Assert.NotEmpty(Buttons(page, "Upload the file")));
    }

    [Fact]
    public void ClientId_ThatIsNone_SaysWhatIsExpected_WhereItWasChosen()
    {
        var page = Open<UpdateSettingsPage>("/settings/updates");

        Upload(page, "Upload the file", "client.json", "<html>");

        WaitFor(page, () => Assert.Contains("It is a JSON file with 'username' and 'apikey'", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reach_Edited_IsShownAndKept()
    {
        var page = Open<UpdateSettingsPage>("/settings/updates");
        Press(page, "Edit");
        page.WaitForElement("#reach-url");
        page.Do(() => page.Find("#reach-url"), it => it.Input("https://mirror.example/updates.xml"));
        page.Do(() => page.Find("#reach-proxy"), it => it.Input("http://proxy.example:3128"));
        page.WaitForElement("#reach-user");
        page.Do(() => page.Find("#reach-user"), it => it.Input("ada"));
        page.Do(() => page.Find("#reach-password"), it => it.Input("canary"));
        page.Do(() => page.Find("form"), it => it.Submit());

        WaitFor(page, () => Assert.Empty(page.FindAll("form")));
        WaitFor(page, () => Assert.Contains("http://proxy.example:3128", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", page.Markup, StringComparison.Ordinal);
        Assert.Equal("https://mirror.example/updates.xml", (await Get<ICatalogueSettings>().GetAsync(Xunit.TestContext.Current.CancellationToken)).Url);
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsNothing()
    {
        Access.Apply(new([], [], Access.Policy.GroupsOfUsers));

        var page = Open<UpdateSettingsPage>("/settings/updates");

        WaitFor(page, () => Assert.Contains("This is not for you", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("127.0.0.1", page.Markup, StringComparison.Ordinal);
    }

    private static IReadOnlyList<IElement> Buttons(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string text) =>
        [.. page.FindAll("button").Where(button => button.TextContent.Trim() == text)];

    private void Press(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string text)
    {
        WaitFor(page, () => Assert.NotEmpty(Buttons(page, text)));
        page.Do(() => Buttons(page, text)[^1], it => it.Click());
    }

    private static void Confirm(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) => page.DoWhenThere("form.confirm", it => it.Submit());

    private void Upload(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string button, string name, string content)
    {
        Press(page, button);
        page.WaitForElement("form input[type=file]");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(content, name));
        WaitFor(page, () => Assert.False(page.Find("form button[type=submit]").HasAttribute("disabled")));
        page.Do(() => page.Find("form"), it => it.Submit());
    }
}
