using Bunit;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Settings.CloudInit;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>The kept configurations for cloud-init, as an administrator sees and changes them.</summary>
public sealed class CloudConfigsPageTests : SettingsContext
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Config_IsKept_ChangedAndRecordedWithoutItsText()
    {
        var page = Open<CloudConfigsPage>("/settings/cloud-init");
        page.DoWhenThere("button.add", it => it.Click());
        page.Do(() => page.Find("#config-name"), it => it.Input("web <b>"));
        page.Do(() => page.Find("#config-text"), it => it.Input("#cloud-config\npassword: in-plain-sight\n"));
        page.Do(() => page.Find("form"), it => it.Submit());

        WaitFor(page, () => Assert.Contains("web <b>", page.Find("table").TextContent, StringComparison.Ordinal));
        var kept = Assert.Single(await Get<CloudConfigs>().AllAsync(Token));
        Assert.Equal("#cloud-config\npassword: in-plain-sight\n", kept.Template);
        Assert.DoesNotContain(Get<AuditLog>().Read(new()), entry => entry.Record.Parameters.Any(one => one.Value.Contains("in-plain-sight", StringComparison.Ordinal)));

        // The list may know of it before the sheet is closed.
        WaitFor(page, () => Assert.Empty(page.FindAll("form")));
        page.Do(() => page.Find("button[aria-label='Edit web <b>']"), it => it.Click());
        page.WaitForElement("#config-name", Patience.Limit);
        page.Do(() => page.Find("#config-name"), it => it.Input("app"));
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("app", page.Find("table").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_ForANetwork_IsKeptAsOne()
    {
        var page = Open<CloudConfigsPage>("/settings/cloud-init");
        page.DoWhenThere("button.add", it => it.Click());
        page.Do(() => page.Find("#config-kind"), it => it.Change("network"));
        page.Do(() => page.Find("#config-name"), it => it.Input("static"));
        page.Do(() => page.Find("#config-text"), it => it.Input("version: 2\n"));
        var hint = page.Find("#config-text-hint").TextContent;
        page.Do(() => page.Find("form"), it => it.Submit());

        WaitFor(page, () => Assert.Contains("Network", page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Contains("netplan", hint, StringComparison.Ordinal);
        Assert.True(Assert.Single(await Get<CloudConfigs>().AllAsync(Token)).IsNetwork);
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsNothing()
    {
        Access.Apply(new([], [], Access.Policy.GroupsOfUsers));

        var page = Open<CloudConfigsPage>("/settings/cloud-init");

        WaitFor(page, () => Assert.Empty(page.FindAll("button.add")));
    }
}
