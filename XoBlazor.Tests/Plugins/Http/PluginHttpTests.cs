using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Http;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Plugins;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Plugins.Http;

/// <summary>Requests of plugins reach the servers that were accepted and nothing else.</summary>
public sealed class PluginHttpTests
{
    private static readonly string s_wants = """["127.0.0.1:9", "public.example", "*.below.example:PORT", "{url}"]""";

    [Fact]
    public async Task Fetch_ReachesWhatWasAccepted_AndTellsOfRedirects()
    {
        await using var there = new SmallWebServer();
        await using var world = new World(there.Port, $"[\"127.0.0.1:{there.Port}\"]");

        var answer = await world.FetchAsync(new() { ["method"] = "POST", ["url"] = $"http://127.0.0.1:{there.Port}/echo", ["headers"] = new JsonObject { ["X-Token"] = "t" }, ["body"] = "hello" });
        var redirect = await world.FetchAsync(new() { ["url"] = $"http://127.0.0.1:{there.Port}/elsewhere" });
        await world.FetchAsync(new() { ["url"] = $"http://127.0.0.1:{there.Port}/echo" });

        Assert.Equal((200, "POST t hello"), ((int)answer["status"]!, (string)answer["body"]!));
        Assert.Equal((302, "http://127.0.0.1:1/inside"), ((int)redirect["status"]!, (string)redirect["headers"]!["location"]!));
        Assert.Equal($"127.0.0.1:{there.Port}", Assert.Single(world.Bench.Audit.Log.Read(new()), entry => entry.Record.Action == "plugin.reach").Record.Parameters[0].Value);
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", PluginRefusedException.NotAccepted, "were not accepted")]
    [InlineData("http://other.example/", PluginRefusedException.NotAccepted, "were not accepted")]
    [InlineData("http://below.example:PORT/", PluginRefusedException.NotAccepted, "were not accepted")]
    [InlineData("http://public.example:PORT/", PluginRefusedException.NotAccepted, "were not accepted")]
    [InlineData("http://a.below.example:PORT/", PluginRefusedException.Refused, "not on the public Internet")]
    [InlineData("https://public.example/", PluginRefusedException.Refused, "not on the public Internet")]
    [InlineData("ftp://public.example/", PluginRefusedException.InvalidParameters, "has to begin with")]
    [InlineData("http://user:word@public.example/", PluginRefusedException.InvalidParameters, "has to begin with")]
    public async Task Fetch_OfAnythingElse_IsRefused(string url, int code, string expected)
    {
        await using var there = new SmallWebServer();
        await using var world = new World(there.Port, s_wants);

        var refusal = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = url.Replace("PORT", $"{there.Port}", StringComparison.Ordinal) }));

        Assert.Equal(code, refusal.Code);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, there.Asked);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Fetch_ReachesWhatTheConfigurationNames_UntilItNamesAnother(string host)
    {
        await using var there = new SmallWebServer();
        await using var world = new World(there.Port, s_wants);

        await world.Bench.Fleet.ConfigureAsync("asking", new JsonObject { ["url"] = $"http://{host}:{there.Port}/api" }, world.Bench.Token);
        var answer = await world.FetchAsync(new() { ["url"] = $"http://{host}:{there.Port}/echo" });
        var otherPort = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = $"http://{host}:1/echo" }));
        await world.Bench.Fleet.ConfigureAsync("asking", new JsonObject { ["url"] = "http://elsewhere.example/" }, world.Bench.Token);
        var refusal = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = $"http://{host}:{there.Port}/echo" }));

        Assert.Equal(200, (int)answer["status"]!);
        Assert.Equal((PluginRefusedException.NotAccepted, PluginRefusedException.NotAccepted), (otherPort.Code, refusal.Code));
    }

    [Fact]
    public async Task Fetch_OfAConfiguredName_DoesNotReachThisMachine()
    {
        await using var there = new SmallWebServer();
        await using var world = new World(there.Port, s_wants);

        await world.Bench.Fleet.ConfigureAsync("asking", new JsonObject { ["url"] = $"http://inside.example:{there.Port}/api" }, world.Bench.Token);
        var refusal = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = $"http://inside.example:{there.Port}/echo" }));

        Assert.Equal(PluginRefusedException.Refused, refusal.Code);
        Assert.Equal(0, there.Asked);
    }

    [Theory]
    [InlineData("{url}", "inside.example", "10.1.2.3", true)]
    [InlineData("{url}", "inside.example", "fd12:3456::1", true)]
    [InlineData("{url}", "inside.example", "8.8.8.8", true)]
    [InlineData("{url}", "inside.example", "169.254.169.254", false)]
    [InlineData("{url}", "inside.example", "fd00:ec2::254", false)]
    [InlineData("{url}", "inside.example", "100.100.100.200", false)]
    [InlineData("{url}", "inside.example", "::ffff:127.0.0.1", false)]
    [InlineData("{url}", "inside.example", "0.0.0.0", false)]
    [InlineData("{url}", "169.254.169.254", "169.254.169.254", true)]
    [InlineData("{url}", "localhost", "::1", true)]
    [InlineData("{url}", "localhost", "169.254.169.254", false)]
    [InlineData("inside.example", "inside.example", "10.1.2.3", false)]
    [InlineData("localhost", "localhost", "127.0.0.1", false)]
    [InlineData("10.1.2.3", "10.1.2.3", "10.1.2.3", true)]
    [InlineData("*.example", "a.example", "192.168.1.1", false)]
    public void Want_AllowsAddresses_AsFarAsItNamesThem(string want, string host, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new HttpOutWant(want, null).Allows(host, IPAddress.Parse(address)));

    [Fact]
    public async Task Refusals_StandInTheAuditOnce_AndTooManyRequestsAreNotSent()
    {
        await using var there = new SmallWebServer();
        await using var world = new World(there.Port, s_wants);

        for (var asked = 0; asked < 5; asked++)
            await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = "http://other.example/" }));
        var tooMany = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = "http://other.example/" }));

        var told = Assert.Single(world.Bench.Audit.Log.Read(new()), entry => entry.Record.Action == "plugin.reach").Record;
        Assert.Equal((AuditOutcome.Refused, "other.example:80", "plugin:asking"), (told.Outcome, told.Parameters[0].Value, told.Actor.Id));
        Assert.Equal(PluginRefusedException.TooMuch, tooMany.Code);
    }

    [Fact]
    public async Task Answer_ThatIsTooLarge_AndHeadersThatAreOurs_AreRefused()
    {
        await using var there = new SmallWebServer();
        await using var world = new World(there.Port, $"[\"127.0.0.1:{there.Port}\"]");

        var large = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = $"http://127.0.0.1:{there.Port}/large" }));
        var host = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = $"http://127.0.0.1:{there.Port}/", ["headers"] = new JsonObject { ["Host"] = "bank.example" } }));
        var split = await Assert.ThrowsAsync<PluginRefusedException>(() => world.FetchAsync(new() { ["url"] = $"http://127.0.0.1:{there.Port}/", ["headers"] = new JsonObject { ["X"] = "a\r\nY: b" } }));

        Assert.Equal(PluginRefusedException.TooMuch, large.Code);
        Assert.Contains("this server's own matter", host.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be sent", split.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["http://x.example"]""")]
    [InlineData("""["*"]""")]
    [InlineData("""["x.example:0"]""")]
    [InlineData("""["x.example/path"]""")]
    public async Task Want_ThatIsNoServer_IsRefused(string wants)
    {
        await using var bench = new PluginBench();

        var refusal = await Assert.ThrowsAsync<PluginException>(() => bench.InstallAsync("", PythonPlugin.Manifest($$"""{"http-out": {{wants}}}""")));

        Assert.Contains("'wants.http-out' knows no server", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A plugin that was given these wants, and the way for its requests; every name stands for this machine.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly PluginHttp _http;
        private readonly PluginSettings _plugin;

        public World(int port, string wants)
        {
            var made = new Asking(wants.Replace("PORT", $"{port}", StringComparison.Ordinal));
            Bench = new(builtIn: made);
            Bench.Fleet.StartAsync(Bench.Token).GetAwaiter().GetResult();
            _plugin = Bench.Fleet.Find("asking")!.Settings;
            _http = new(() => Bench.Fleet, Bench.Audit.Log, Options.Create(new PluginOptions { MostRequestsPerMinute = 5 }), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), new());
        }

        public PluginBench Bench { get; }

        public async Task<JsonNode> FetchAsync(JsonObject parameters) => (await _http.AnswerAsync(_plugin, "http.fetch", JsonSerializer.SerializeToElement(parameters), Bench.Token))!;

        public ValueTask DisposeAsync()
        {
            _http.Dispose();
            return Bench.DisposeAsync();
        }
    }

    private sealed class Asking(string wants) : Core.Plugins.BuiltIn.IBuiltInPlugin
    {
        public string Manifest => $$"""{"id": "asking", "name": "Asking", "version": "1.0.0", "contract": "1.0", "wants": {"http-out": {{wants}}}, "configuration": {"type": "object", "properties": {"url": {"type": "string"} } } }""";

        public Plugin Create() => new Quiet();
    }

    private sealed class Quiet : Plugin
    {
        public override string Id => "asking";

        public override string Version => "1.0.0";
    }
}
