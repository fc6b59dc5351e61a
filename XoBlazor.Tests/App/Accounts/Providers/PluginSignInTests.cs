using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.App.Accounts.Providers.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;

namespace XoBlazor.Tests.App.Accounts.Providers;

/// <summary>Programs in Python say who people are: by password on our page, and on a page of their own. What they say is theirs alone, whatever they call it.</summary>
public sealed class PluginSignInTests : IAsyncLifetime
{
    private const string Password = "a password of the list";

    /// <summary>Vouches for whatever a test has it say; the redirect goes to an address of loopback that nobody has to answer.</summary>
    private const string Voucher =
        """
        start()
        while True:
            message = read()
            if message["method"] == "auth.password":
                if message["params"]["user"] == "slow":
                    time.sleep(60)
                if message["params"]["password"] == "right password":
                    answer(message, json.loads(PERSON))
                else:
                    answer(message, None)
            elif message["method"] == "auth.begin":
                answer(message, {"redirect": "http://127.0.0.1:9/page?state=" + message["params"]["state"], "memo": "kept"})
            elif message["method"] == "auth.complete":
                assert message["params"]["memo"] == "kept"
                answer(message, json.loads(PERSON) if message["params"]["query"].get("ticket") == "right" else {"refused": "the ticket is over", "reason": "wrong ticket"})
            else:
                handle(message)
        """;

    private readonly TestServer _server = new();
    private Requester _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PluginAdministration Plugins => _server.Get<PluginAdministration>();

    public async ValueTask InitializeAsync()
    {
        _server.Browser().Dispose();
        _admin = await _server.AdminAsync();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Password_OfTheSamplesList_LetsInWithItsGroups()
    {
        await LoadAsync(PluginZip.Sample("sign-in-list"), new JsonObject { ["people"] = new JsonArray(Line("ada", "staff")) });
        using (var first = _server.Browser())
            await first.SignInAsAsync("ADA", Password);
        await GrantAsync("staff");
        using var browser = _server.Browser();

        var answer = await browser.SignInAsAsync("ada", Password);
        var wrong = await _server.Browser().SignInAsAsync("ada", "another password");
        var unknown = await _server.Browser().SignInAsAsync("bob", "another password");

        Assert.Equal((HttpStatusCode.Found, true), (answer.StatusCode, await browser.IsSignedInAsync()));
        Assert.True(await _server.AllowsEverywhereAsync("ada", Right.View));
        Assert.Equal([new("with", "password of List")], _server.Audit("sign-in").Last(record => record.Outcome == Core.Audit.AuditOutcome.Succeeded).Parameters);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrong.StatusCode, unknown.StatusCode));
        Assert.Equal("sign-in-list:ada", (await _server.AccountAsync("ada")).DirectoryUserId);
        await using var database = await _server.DatabaseAsync();
        Assert.Equal("sign-in-list:staff", (await database.Groups.SingleAsync(Token)).DirectoryGroupId);
    }

    [Fact]
    public async Task Password_Guessed_LocksAsAnyOther()
    {
        await LoadAsync(PluginZip.Sample("sign-in-list"), new JsonObject { ["people"] = new JsonArray(Line("ada", "")) });
        for (var i = 0; i < 5; i++)
            await _server.Browser().SignInAsAsync("ada", "another password");

        var answer = await _server.Browser().SignInAsAsync("ada", Password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Single(_server.Audit("sign-in.lock"));
    }

    [Theory]
    [InlineData("""{"subject": "1", "name": "admin"}""", "a local account of that name")]
    [InlineData("""{"subject": "1", "name": "a\nb"}""", null)]
    [InlineData("""{"subject": "", "name": "eve"}""", null)]
    [InlineData("""{"subject": "1", "name": "eve", "groups": [{"id": "x"}]}""", null)]
    [InlineData("\"eve\"", null)]
    [InlineData("""{"subject": "1", "name": "eve", "create": false}""", "new ones are not made")]
    public async Task Password_PersonThatCannotBe_IsNobody(string person, string? words)
    {
        await VouchAsync("password", person);
        using var browser = _server.Browser();

        var answer = await browser.SignInAsAsync("eve", "right password");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        if (words is not null)
            Assert.Contains(words, WebUtility.HtmlDecode(await answer.TextAsync()), StringComparison.Ordinal);
        Assert.Null((await _server.AccountAsync(TestServer.Admin)).DirectoryId);
    }

    [Fact]
    public async Task Password_OfALocalAccount_IsNeverToldToAPlugin()
    {
        await VouchAsync("password", """{"subject": "1", "name": "eve"}""");

        var answer = await _server.Browser().SignInAsAsync(TestServer.Admin, "right password");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("local account", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_PluginThatIsNotLoaded_LetsOthersIn()
    {
        await VouchAsync("password", "null");
        await Plugins.UnloadAsync(_admin, PythonPlugin.Id, Token);

        Assert.Equal(HttpStatusCode.Found, (await TestServer.SignInAsync(_server.Browser())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Browser().SignInAsAsync("eve", "right password")).StatusCode);
    }

    [Fact]
    public async Task Redirect_LeadsThereAndBack()
    {
        await VouchAsync("redirect", """{"subject": "1", "name": "eve", "groups": ["staff"]}""");
        using var browser = _server.Browser();

        var page = await browser.BeginAsync(PythonPlugin.Id, "/vms");
        using var answer = await browser.GetAsync($"/sign-in/with/{PythonPlugin.Id}/callback{page.Query}&ticket=right", Token);

        Assert.Contains("0;url=/vms", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal($"{PythonPlugin.Id}:1", (await _server.AccountAsync("eve")).DirectoryUserId);
    }

    [Fact]
    public async Task Redirect_Refused_SaysWhyAndWritesItDown()
    {
        await VouchAsync("redirect", "null");
        using var browser = _server.Browser();

        var page = await browser.BeginAsync(PythonPlugin.Id);
        using var answer = await browser.GetAsync($"/sign-in/with/{PythonPlugin.Id}/callback{page.Query}&ticket=wrong", Token);

        Assert.Contains("Somewhere did not let you in: the ticket is over", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("wrong ticket", _server.Audit("sign-in")[^1].Message, StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Want_NotAccepted_GivesNoButtonAndAsksNothing()
    {
        await VouchAsync("redirect", """{"subject": "1", "name": "eve"}""", accepted: false);

        Assert.DoesNotContain("Somewhere", await _server.Browser().GetStringAsync("/sign-in", Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Browser().GetAsync($"/sign-in/with/{PythonPlugin.Id}", Token)).StatusCode);
    }

    [Fact]
    public async Task Want_TakenBack_SignsItsPeopleOut()
    {
        await VouchAsync("password", """{"subject": "1", "name": "eve"}""");
        using var browser = _server.Browser();
        await browser.SignInAsAsync("eve", "right password");
        var token = await _server.Get<ApiTokens>().CreateAsync(_admin, (await _server.AccountAsync("eve")).Id, "script", TimeSpan.FromDays(1), null, Token);
        var before = await browser.IsSignedInAsync();

        await Plugins.AcceptAsync(_admin, PythonPlugin.Id, [], [], Token);

        await _server.UntilAsync(async () => !await browser.IsSignedInAsync());
        Assert.True(before);
        Assert.Empty(await _server.Get<ApiTokens>().AliveAsync([ApiTokens.IdOf(token)!.Value], Token));
    }

    [Theory]
    [InlineData("""{"style": "magic", "label": "X"}""", "password, redirect")]
    [InlineData("""{"style": "password"}""", "label")]
    [InlineData("""{"style": "password", "label": "X", "admin": true}""", "admin")]
    public async Task Manifest_WantThatIsNone_IsRefused(string want, string words)
    {
        var zip = PluginZip.Of(("plugin.json", PythonPlugin.Manifest($$"""{"auth-provider": {{want}}}""")), ("main.py", ""));

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Plugins.InstallAsync(_admin, zip, Token));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private async Task VouchAsync(string style, string person, bool accepted = true)
    {
        var script = Voucher.Replace("PERSON", $"'''{person.Replace("\\", "\\\\", StringComparison.Ordinal)}'''", StringComparison.Ordinal);
        var manifest = PythonPlugin.Manifest($$$"""{"storage": true, "auth-provider": {"style": "{{{style}}}", "label": "Somewhere"}}""");
        await LoadAsync(PluginZip.Of(("plugin.json", manifest), ("main.py", PythonPlugin.Prelude + script)), null, accepted);
    }

    private async Task LoadAsync(byte[] zip, JsonObject? configuration, bool accepted = true)
    {
        var plugin = (await Plugins.InstallAsync(_admin, zip, Token)).Settings;
        await Plugins.AcceptAsync(_admin, plugin.Id, accepted ? plugin.Manifest.Wants.Texts : [.. plugin.Manifest.Wants.Texts.Where(text => text == "storage")], [], Token);
        if (configuration is not null)
            await Plugins.ConfigureAsync(_admin, plugin.Id, configuration, Token);
        await Plugins.LoadAsync(_admin, plugin.Id, Token);
        await _server.WaitAsync(() => _server.Get<PluginFleet>().Find(plugin.Id) is { Status.State: PluginState.Loaded });
    }

    private async Task GrantAsync(string name)
    {
        await using var database = await _server.DatabaseAsync();
        var group = await database.Groups.SingleAsync(one => one.Name == name, Token);
        await _server.Get<GrantAdministration>().AddAsync(_admin, SubjectKind.Group, group.Id, Role.Operator.Id, AccessScope.Everything.Instance, Token);
    }

    // As the sample writes it.
    private static string Line(string name, string groups)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"{name}:{groups}:{Convert.ToHexStringLower(salt)}:{Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Password), salt, 200_000, HashAlgorithmName.SHA256, 32))}";
    }
}
