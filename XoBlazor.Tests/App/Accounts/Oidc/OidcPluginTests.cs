using System.Net;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts.Oidc;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.App.Accounts.Oidc.Support;
using XoBlazor.Tests.App.Accounts.Providers.Support;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts.Oidc;

/// <summary>OpenID Connect as the plugin that comes with the server: configured like any other, and then on the sign-in page.</summary>
public sealed class OidcPluginTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private OidcServer _provider = null!;
    private Requester _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PluginAdministration Plugins => _server.Get<PluginAdministration>();

    private static string Page => $"/sign-in/with/{OidcPlugin.Name}";

    public async ValueTask InitializeAsync()
    {
        _provider = await OidcServer.StartAsync();
        _server.Browser().Dispose();
        _admin = await _server.AdminAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Configured_IsOnTheSignInPageAndLetsIn()
    {
        var before = await _server.Browser().GetStringAsync("/sign-in", Token);
        await ConfigureAsync();
        using var browser = _server.Browser();

        var page = await browser.GetStringAsync("/sign-in", Token);
        using var answer = await browser.SignInWithAsync(OidcPlugin.Name, "/vms");
        await Plugins.UnloadAsync(_admin, OidcPlugin.Name, Token);
        var after = await _server.Browser().GetStringAsync("/sign-in", Token);

        Assert.DoesNotContain(Page, before, StringComparison.Ordinal);
        Assert.DoesNotContain(Page, after, StringComparison.Ordinal);
        Assert.Contains("Sign in with Example ID", page, StringComparison.Ordinal);
        Assert.Contains("0;url=/vms", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal($"oidc:{_provider.Issuer} person-1", (await _server.AccountAsync("ada")).DirectoryUserId);
        Assert.EndsWith($"{Page}/callback", _provider.LastQuery["redirect_uri"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lie_IsRefusedAndTheNextPersonComesIn()
    {
        await ConfigureAsync();
        _provider.Claims = claims => claims["nonce"] = "another";
        using var answer = await _server.Browser().SignInWithAsync(OidcPlugin.Name);
        var why = _server.Audit("sign-in")[^1].Message;
        _provider.Claims = static _ => { };
        using var browser = _server.Browser();

        await browser.SignInWithAsync(OidcPlugin.Name);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Example ID: the token was made for another sign-in.", why);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task AnotherIssuer_SpeaksNotForPeopleOfTheOneBefore()
    {
        await ConfigureAsync();
        await _server.Browser().SignInWithAsync(OidcPlugin.Name);
        await using var other = await OidcServer.StartAsync();
        await Plugins.ConfigureAsync(_admin, OidcPlugin.Name, Configuration(other), Token);

        using var answer = await _server.Browser().SignInWithAsync(OidcPlugin.Name);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("perhaps of somebody else", WebUtility.HtmlDecode(await answer.TextAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newcomers_WhereAccountsAreNotMade_StayOut()
    {
        var configuration = Configuration(_provider);
        configuration["createAccounts"] = false;
        await ConfigureAsync(configuration);

        using var answer = await _server.Browser().SignInWithAsync(OidcPlugin.Name);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("no account on this server", WebUtility.HtmlDecode(await answer.TextAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignOut_IsOfferedThereToo_WhereAnAdministratorWantsThat(bool isOffered)
    {
        _provider.Document = document => document["end_session_endpoint"] = $"{_provider.Issuer}/end";
        var configuration = Configuration(_provider);
        configuration["signOut"] = isOffered;
        await ConfigureAsync(configuration);
        using var browser = _server.Browser();
        await browser.SignInWithAsync(OidcPlugin.Name);

        using var answer = await TestServer.SubmitAsync(browser, "/sign-out", new Dictionary<string, string>());

        Assert.Equal(isOffered, (await answer.TextAsync()).Contains($"{_provider.Issuer}/end?client_id=xo-blazor&amp;post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in", StringComparison.Ordinal));
        Assert.Equal(isOffered ? HttpStatusCode.OK : HttpStatusCode.Found, answer.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Test_SaysWhatItFound_OrWhatIsWrong()
    {
        await ConfigureAsync();

        var found = await Plugins.TestAsync(_admin, OidcPlugin.Name, null, Token);

        Assert.Contains("names itself as entered", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_WithAnIssuerThatIsNone_IsRefusedInWords()
    {
        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(async () =>
            await ConfigureAsync(new JsonObject { ["issuer"] = "http://id.example.test", ["clientId"] = "x" }));

        Assert.Contains("is not an https address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_IsNeverSentBack()
    {
        await ConfigureAsync();

        var plugin = _server.Get<PluginFleet>().Find(OidcPlugin.Name)!.Settings;

        var shown = plugin.Manifest.Configuration!.Masked((JsonObject)JsonNode.Parse(plugin.Configuration!)!).ToJsonString();
        Assert.DoesNotContain(OidcServer.Secret, shown, StringComparison.Ordinal);
        Assert.Contains("clientSecret", shown, StringComparison.Ordinal);
    }

    private static JsonObject Configuration(OidcServer provider) =>
        new() { ["label"] = "Example ID", ["issuer"] = provider.Issuer, ["clientId"] = OidcServer.Client, ["clientSecret"] = OidcServer.Secret };

    private async Task ConfigureAsync(JsonObject? configuration = null)
    {
        await Plugins.ConfigureAsync(_admin, OidcPlugin.Name, configuration ?? Configuration(_provider), Token);
        if (_server.Get<PluginFleet>().Find(OidcPlugin.Name)!.Status.State != PluginState.Loaded)
            await Plugins.LoadAsync(_admin, OidcPlugin.Name, Token);
        await _server.WaitAsync(() => _server.Get<PluginFleet>().Find(OidcPlugin.Name) is { Status.State: PluginState.Loaded });
    }
}
