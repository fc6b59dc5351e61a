using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Settings.Audit;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>The audit as it is read in the console, and as programs take it.</summary>
public sealed class AuditLogPageTests : SettingsContext
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_WhileSomethingIsDone_ShowsItOnceAtTheTop()
    {
        var page = Open<AuditLogPage>("/settings/audit");
        page.WaitForElement("table", Patience.Limit);

        await UserAsync("grace <b>");

        WaitFor(page, () =>
        {
            var act = Assert.Single(page.FindAll("tbody tr"), row => row.TextContent.Contains("grace <b>", StringComparison.Ordinal));
            Assert.Contains("Succeeded", act.TextContent, StringComparison.Ordinal);
        });
        Assert.Contains("grace <b>", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_FilteredByPersonAndOutcome_ShowsOnlyThose()
    {
        var ada = await UserAsync("ada");
        await Assert.ThrowsAsync<AdministrationRefusedException>(() =>
            Get<UserAdministration>().CreateAsync(new(new(AccessPolicyFeed.Text(ada), "ada"), "console"), new("eve", "a long enough password"), Token));

        var page = Open<AuditLogPage>($"/settings/audit?actor={ada}&outcome=Refused");

        page.WaitForAssertion(() => Assert.Equal("ada", page.Find("tbody td:nth-child(2)").TextContent.Trim()), Patience.Limit);
        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public async Task Record_Opened_JoinsBeginningAndEnd()
    {
        await UserAsync("ada");
        var end = Get<AuditLog>().Read(new() { Text = "ada", Outcome = AuditOutcome.Succeeded })[0];

        var page = Open<AuditLogPage>($"/settings/audit?record={end.Number}");

        var sheet = page.WaitForElement("[role=dialog] dl", Patience.Limit).TextContent;
        Assert.Contains($"{end.Record.Of} and {end.Number}", sheet, StringComparison.Ordinal);
        Assert.Contains("Create user", sheet, StringComparison.Ordinal);
        Assert.Contains("user.create", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_InTheList_AreInWordsAndFoundByThem()
    {
        await UserAsync("grace");

        var page = Open<AuditLogPage>("/settings/audit?q=reate+us");

        page.WaitForAssertion(() => Assert.Equal("Create user", page.Find("tbody td a.act").TextContent), Patience.Limit);
        Assert.All(page.FindAll("tbody td a.act"), act => Assert.Equal("Create user", act.TextContent));
        Assert.DoesNotContain("user.create", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_OnThingsOfTheServer_LinkToThemWhileTheyAreThere()
    {
        var user = await UserAsync("grace");
        var group = await Get<GroupAdministration>().CreateAsync(Boss, "staff", "", Token);
        var role = await Get<RoleAdministration>().CreateAsync(Boss, "Watcher", "", [Right.View.Name], Token);
        var gone = await UserAsync("hopper");
        await Get<UserAdministration>().DeleteAsync(Boss, gone, Token);
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => UserAsync("grace"));

        var page = Open<AuditLogPage>("/settings/audit");
        page.WaitForElement("tbody tr", Patience.Limit);

        var links = page.FindAll("tbody .target").Select(target => (target.TextContent.Trim(), target.QuerySelector("a")?.GetAttribute("href"))).ToList();
        Assert.Equal((null, null), (Url("grace", 0), Url("hopper", 0)));
        Assert.Equal(($"/settings/users/{user}", $"/settings/groups/{group}", $"/settings/roles/{role}"), (Url("grace", 1), Url("staff", 0), Url("Watcher", 0)));

        string? Url(string name, int at) => links.Where(link => link.Item1.StartsWith(name, StringComparison.Ordinal)).ElementAt(at).Item2;
    }

    [Fact]
    public async Task Person_WhoIsGone_IsFoundByAPieceOfTheNameAndChosenByKeys()
    {
        var ada = await UserAsync("ada.lovelace");
        await Get<AuditLog>().AppendAsync(new() { Category = AuditCategory.SignIn, Action = "sign-in", Actor = new(AccessPolicyFeed.Text(ada), "ada.lovelace"), Outcome = AuditOutcome.Succeeded }, Token);
        await Get<UserAdministration>().DeleteAsync(Boss, ada, Token);
        var page = Open<AuditLogPage>("/settings/audit");
        page.WaitForElement("#audit-person", Patience.Limit);

        page.Do(() => page.Find("#audit-person"), it => it.Input("LOVE"));
        var offered = page.WaitForElement("[role=option]", Patience.Limit).TextContent;
        page.Do(() => page.Find("#audit-person"), it => it.KeyDown("ArrowDown"));
        page.Do(() => page.Find("#audit-person"), it => it.KeyDown("Enter"));
        page.Do(() => page.Find("form.filters"), it => it.Submit());

        Assert.Contains("ada.lovelace", offered, StringComparison.Ordinal);
        Assert.Contains("No account any more", offered, StringComparison.Ordinal);
        Assert.EndsWith($"?actor={ada}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("ada.lovelace", page.Find("#audit-person").GetAttribute("value"));
    }

    [Theory]
    [InlineData("nobody", true)]
    [InlineData("grace", false)]
    [InlineData("hop", false)]
    public async Task Person_TypedAndNotChosen_IsTakenWhereOnlyOneIsMeant(string typed, bool isWrong)
    {
        await UserAsync("grace");
        await UserAsync("grace.h");
        await UserAsync("hopper");
        var page = Open<AuditLogPage>("/settings/audit");
        page.WaitForElement("#audit-person", Patience.Limit);

        page.Do(() => page.Find("#audit-person"), it => it.Input(typed));
        page.Do(() => page.Find("#audit-person"), it => it.KeyDown("Enter"));
        page.Do(() => page.Find("form.filters"), it => it.Submit());

        Assert.Equal(isWrong, page.Find("#audit-person").GetAttribute("aria-invalid") == "true");
        Assert.Equal(isWrong, !Services.GetRequiredService<NavigationManager>().Uri.Contains("actor=", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_SoundAudit_SaysSoWithTheFingerprint()
    {
        var page = Open<AuditLogPage>("/settings/audit");

        page.DoWhenThere("button.verify", it => it.Click());

        page.WaitForAssertion(() => Assert.Contains("records are as they were written", page.Find("[aria-label=Verdict]").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.Contains(Get<AuditLog>().Verify(null, Token).Fingerprint.Hash, page.Find("[aria-label=Verdict] code").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_WithATokenThatMayReadIt_IsEveryRecordAndIsRecorded()
    {
        var text = await Get<ApiTokens>().CreateAsync(Boss, Administrator, "siem", TimeSpan.FromDays(1), null, Token);

        using var answer = await ExportAsync(text);

        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("application/jsonl", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Enumerable.Range(1, lines.Length), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("number").GetInt32()));
        Assert.Equal(("audit.export", "rest"), Get<AuditLog>().Read(new() { Limit = 1 })[0].Record is var last ? (last.Action, last.Face) : default);
    }

    [Fact]
    public async Task Export_WithoutTheRight_IsRefused()
    {
        var limited = await Get<ApiTokens>().CreateAsync(Boss, Administrator, "viewer", TimeSpan.FromDays(1), Role.Viewer.Id, Token);

        using var nobody = await ExportAsync(null);
        using var wrong = await ExportAsync("xob_wrong");
        using var viewer = await ExportAsync(limited);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (nobody.StatusCode, wrong.StatusCode, viewer.StatusCode));
        Assert.DoesNotContain("server.start", await viewer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_SignedInAdministrator_GetsTheFile()
    {
        using var browser = Server.Browser();
        await TestServer.SignInAsync(browser);

        using var answer = await browser.GetAsync(AuditEndpoints.Path, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
    }

    private async Task<HttpResponseMessage> ExportAsync(string? text)
    {
        using var client = Server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, AuditEndpoints.Path);
        if (text is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return await client.SendAsync(request, Token);
    }
}
