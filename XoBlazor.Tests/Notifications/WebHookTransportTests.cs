using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.WebHooks;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Notifications.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Notifications;

/// <summary>Web hooks at a real web server: what it gets, where nothing is sent to, and what is said then.</summary>
public sealed class WebHookTransportTests : IAsyncLifetime
{
    private const string Secret = "a secret of some length";

    private readonly IPAddress _address = LoopbackAddress.Next();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly List<(IHeaderDictionary Headers, byte[] Body)> _got = [];
    private WebApplication _server = null!;
    private Func<HttpContext, Task> _answer = static _ => Task.CompletedTask;
    private Func<string, IPAddress[]> _names = static _ => throw new SocketException((int)SocketError.HostNotFound);
    private int _connections;

    private string Url => $"http://{_address}:8080/hook?key=1";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(_address, 8080, listen => listen.Use(next => context =>
        {
            Interlocked.Increment(ref _connections);
            return next(context);
        })));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _got.Add((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
            await _answer(context);
        });
        await _server.StartAsync(_patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Message_IsSignedOverTimeAndBody_AndHasItsId()
    {
        var message = Message("Host <b>a</b> is down");

        await SendAsync(new("ops", Url, Secret), message);

        var (headers, body) = Assert.Single(_got);
        var time = headers[WebHookSignature.TimeHeader].ToString();
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed);
        Assert.Equal("v1=" + Convert.ToHexStringLower(expected), headers[WebHookSignature.SignatureHeader].ToString());
        Assert.Equal((_time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), message.Id.ToString("D")), (time, headers[WebHookSignature.IdHeader].ToString()));
        var json = JsonNode.Parse(body)!;
        Assert.Equal((message.Id.ToString("D"), "Host <b>a</b> is down", "began", "warning"), ((string?)json["id"], (string?)json["title"], (string?)json["notifications"]![0]!["kind"], (string?)json["severity"]));
    }

    [Fact]
    public async Task Slack_AndOffice_GetTheirOwnFormat_WithoutMarkupOfNames()
    {
        await SendAsync(new("ops", Url, Format: WebHookFormat.Slack), Message("<!channel> & *bold*"));
        await SendAsync(new("ops", Url, Format: WebHookFormat.Office365), Message("[link](http://evil.test)"));

        Assert.Contains("&lt;!channel&gt; &amp;", (string)JsonNode.Parse(_got[0].Body)!["text"]!, StringComparison.Ordinal);
        var card = JsonNode.Parse(_got[1].Body)!;
        Assert.Equal("MessageCard", (string?)card["@type"]);
        Assert.Contains(@"\[link\]\(http", (string)card["text"]!, StringComparison.Ordinal);
        Assert.False(_got[0].Headers.ContainsKey(WebHookSignature.SignatureHeader));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://[::ffff:127.0.0.1]:8080/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://0.0.0.0:8080/")]
    [InlineData("http://2130706433:8080/")]
    public async Task AddressOfOurs_IsNotReached(string url)
    {
        var refused = await Assert.ThrowsAsync<NotificationException>(() => SendAsync(new("ops", url), Message("a"), allowed: []));

        Assert.Contains("not on the public Internet", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _connections);
    }

    [Fact]
    public async Task Name_ThatAlsoStandsForAnAddressOfOurs_IsNotReached()
    {
        _names = _ => [IPAddress.Parse("93.184.216.34"), _address];

        await Assert.ThrowsAsync<NotificationException>(() => SendAsync(new("ops", "http://rebind.example.test:8080/"), Message("a"), allowed: []));

        Assert.Equal(0, _connections);
    }

    [Fact]
    public async Task Name_IsLookedUpOnceForEachMessage_AndTheJudgedAddressIsReached()
    {
        var asked = 0;
        _names = _ => asked++ == 0 ? [_address] : [IPAddress.Loopback];
        using var plugin = Plugin();
        await using var hooks = await Carrier.StartAsync(plugin, Configuration([$"{_address}/32"], new WebHook("ops", "http://rebind.example.test:8080/")));

        await hooks.Transport.SendAsync("ops", Message("a"), _patience.Token);
        var second = await Assert.ThrowsAsync<NotificationException>(() => hooks.Transport.SendAsync("ops", Message("a"), _patience.Token));

        Assert.Equal((2, 1), (asked, _got.Count));
        Assert.Contains("not on the public Internet", second.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302, true)]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(404, true)]
    [InlineData(410, true)]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Refusal_SaysItsStatus_AndWhetherTryingAgainHelps(int status, bool isLasting)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"http://{_address}:8080/elsewhere";
            return Task.CompletedTask;
        };

        var refused = await Assert.ThrowsAsync<NotificationException>(() => SendAsync(new("ops", Url), Message("a")));

        Assert.Equal(isLasting, refused.IsLasting);
        Assert.Contains($"{status}", refused.Message, StringComparison.Ordinal);
        Assert.Single(_got);
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsNotRead()
    {
        _answer = async context =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        };

        await SendAsync(new("ops", Url), Message("a"));

        Assert.Single(_got);
    }

    [Fact]
    public async Task Hooks_AreTheRecipientsThereAre_AndTheTestReachesOne()
    {
        using var plugin = Plugin();
        await using var hooks = await Carrier.StartAsync(plugin);
        await hooks.LoadAsync();
        var none = hooks.Transport.Obstacle;

        await hooks.ConfigureAsync(Configuration([$"{_address}"], new WebHook("Ops", Url, Secret)));
        var (said, missing) = (await hooks.TestAsync(new() { ["hook"] = "ops" }), await Assert.ThrowsAsync<PluginException>(() => hooks.TestAsync(new() { ["hook"] = "others" })));
        var wrong = await Assert.ThrowsAsync<PluginException>(() => hooks.ConfigureAsync(Configuration([], new WebHook("a", "ftp://a.test"))));

        Assert.Equal((WebHooksBuiltIn.Transport, "Web hook", WebHooksBuiltIn.Id, false), (hooks.Transport.Id, hooks.Transport.Title, hooks.Transport.Plugin, hooks.Transport.ReachesPeople));
        Assert.Contains("Settings → Plugins", none, StringComparison.Ordinal);
        Assert.Null(hooks.Transport.Obstacle);
        Assert.Equal((null, "There is no 'others' in the configuration of Web hooks. Enter it in Settings → Plugins first."), (hooks.Transport.Fault("OPS"), hooks.Transport.Fault("others")));
        Assert.Equal(("The web hook ops took a message.", "test"), (said, (string?)JsonNode.Parse(Assert.Single(_got).Body)!["notifications"]![0]!["kind"]));
        Assert.Contains("There is no web hook 'others'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("begins with https://", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_GoWithTheAddress_AndToNoOther()
    {
        using var plugin = Plugin();
        await using var hooks = await Carrier.StartAsync(plugin, Configuration([], new WebHook("a", "https://a.test/", "the secret of the one"), new WebHook("b", "https://b.test/", "the secret of the other")));
        const string masked = Core.Audit.AuditRecord.Masked;

        // The first is gone, and the second has another name.
        await hooks.ConfigureAsync(Configuration([], new WebHook("c", "https://b.test/", masked)));
        var kept = WebHookSettings.Of((JsonObject)JsonNode.Parse(hooks.Plugin.Settings.Configuration!)!);
        var moved = await Assert.ThrowsAsync<PluginException>(() => hooks.ConfigureAsync(Configuration([], new WebHook("c", "https://evil.test/", masked))));

        Assert.Equal(new WebHook("c", "https://b.test/", "the secret of the other"), Assert.Single(kept.Hooks));
        Assert.Equal("Enter 'Secret' anew: it is not taken along to another 'Address'.", moved.Message);
    }

    [Theory]
    [InlineData("", "https://a.test", null, "name")]
    [InlineData("ops", "ftp://a.test", null, "https://")]
    [InlineData("ops", "https://user:password@a.test", null, "do not belong")]
    [InlineData("ops", "https://a.test", "short", "too short")]
    public void Hook_ThatCannotWork_SaysSo(string name, string url, string? secret, string words) =>
        Assert.Contains(words, new WebHookSettings { Hooks = [new(name, url, secret)] }.Fault(), StringComparison.Ordinal);

    [Fact]
    public void Networks_AreChecked()
    {
        Assert.Null(new WebHookSettings { AllowedNetworks = ["10.0.0.0/8", "192.168.1.7", "fd00::/8"] }.Fault());
        Assert.Contains("no network", new WebHookSettings { AllowedNetworks = ["everything"] }.Fault(), StringComparison.Ordinal);
    }

    private static OutgoingMessage Message(string title)
    {
        var time = new DateTimeOffset(2026, 11, 23, 11, 0, 0, TimeSpan.Zero);
        return new(Guid.NewGuid(), Guid.NewGuid(), "Rule", time, [new(Guid.NewGuid(), Guid.NewGuid(), NotificationKind.Began, NotificationSeverity.Warning, title, "text", time, "pool", "host", "uuid", null)]);
    }

    /// <summary>As it is entered, with the words of the schema.</summary>
    private static JsonObject Configuration(string[] allowed, params WebHook[] hooks)
    {
        return new() { ["hooks"] = new JsonArray([.. hooks.Select(Entry)]), ["allowedNetworks"] = new JsonArray([.. allowed.Select(network => (JsonNode)network)]) };

        static JsonObject Entry(WebHook hook)
        {
            var entry = new JsonObject { ["name"] = hook.Name, ["url"] = hook.Url, ["format"] = hook.Format.ToString().ToLowerInvariant() };
            if (hook.Secret is { } secret)
                entry["secret"] = secret;
            return entry;
        }
    }

    private async Task SendAsync(WebHook hook, OutgoingMessage message, string[]? allowed = null)
    {
        using var plugin = Plugin();
        await using var hooks = await Carrier.StartAsync(plugin, Configuration(allowed ?? [$"{_address}"], hook));
        await hooks.Transport.SendAsync(hook.Name, message, _patience.Token);
    }

    private WebHooksBuiltIn Plugin() => new(_time, (name, _) => Task.FromResult(_names(name)), new SslClientAuthenticationOptions());
}
