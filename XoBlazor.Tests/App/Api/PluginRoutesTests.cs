using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Requests that plugins answer: who gets through, what the plugin is told, and what a browser may make of its answer.</summary>
public sealed class PluginRoutesTests
{
    private const string Script =
        """
        def handle(message):
            if message["method"] == "http.request":
                given = message["params"]
                if given["path"] == "files/large":
                    answer(message, {"body": "x" * 700000, "headers": {"content-type": "text/html"}})
                elif given["path"] == "files/script":
                    answer(message, {"body": "alert(1)", "headers": {"Content-Type": "text/javascript"}})
                elif given["path"] == "files/odd":
                    answer(message, 7)
                else:
                    answer(message, {"status": 201, "body": json.dumps(given), "headers": {"Content-Type": "text/html", "Set-Cookie": "a=b", "Content-Security-Policy": "script-src *",
                        "Location": "https://elsewhere.example/", "Access-Control-Allow-Origin": "*"}})
            else:
                answer(message)
                if message["method"] == "unload":
                    sys.exit(0)
        start()
        serve()
        """;

    private const string Wants = """{"routes": [{"path": "hook", "methods": ["POST"], "public": true}, {"path": "files/*", "methods": ["GET", "POST"]}]}""";

    [Fact]
    public async Task Routes_AreForThoseSignedIn_UnlessPublic_AndAnswersAreShutIn()
    {
        Needs.Program("python3", "python3");
        await using var server = new TestServer().OnAPort();
        await LoadAsync(server);
        using var nobody = server.Browser();
        using var rest = await RestClient.AdminAsync(server);

        var open = await nobody.SendAsync(Post("/plugins/test-plugin/hook?a=1", "signed", ("X-Signature", "s"), ("Cookie", "theirs=1"), ("X-Forwarded-User", "root")), Token);
        var told = JsonNode.Parse(await open.Content.ReadAsStringAsync(Token))!;
        var closed = await nobody.GetAsync("/plugins/test-plugin/files/a", Token);
        var none = await nobody.GetAsync("/plugins/nothing/there", Token);
        var wrongMethod = await rest.GetAsync("/plugins/test-plugin/hook");
        var signedIn = await rest.GetAsync("/plugins/test-plugin/files/a");
        var elsewhere = await rest.GetAsync("/plugins/test-plugin/other");
        var script = await rest.GetAsync("/plugins/test-plugin/files/script");
        var oblique = await rest.GetAsync("/plugins/test-plugin/files/a%5Cb");
        var odd = await rest.GetAsync("/plugins/test-plugin/files/odd");
        var large = await nobody.SendAsync(Post("/plugins/test-plugin/hook", new string('x', (1024 * 1024) + 1)), Token);

        Assert.Equal(HttpStatusCode.Created, open.StatusCode);
        Assert.Equal(("POST", "hook", "?a=1", "signed"), ((string)told["method"]!, (string)told["path"]!, (string)told["query"]!, (string)told["body"]!));
        Assert.Equal("s", (string)told["headers"]!["x-signature"]!);
        Assert.Null(told["user"]);
        Assert.Null(told["headers"]!["cookie"]);
        Assert.Null(told["headers"]!["x-forwarded-user"]);
        Assert.StartsWith("sandbox; default-src 'none'", Assert.Single(open.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(open.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain(open.Headers, header => header.Key is "Set-Cookie" or "Location" or "Access-Control-Allow-Origin");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (closed.StatusCode, none.StatusCode));
        Assert.Equal((201, 404, 404, 502), (signedIn.Status, wrongMethod.Status, elsewhere.Status, odd.Status));
        Assert.Equal(404, oblique.Status);
        Assert.Equal(("alert(1)", "text/plain"), (script.Text, script.Type));
        var who = JsonNode.Parse(signedIn.Text)!;
        Assert.Equal("admin", (string)who["user"]!["name"]!);
        Assert.Null(who["headers"]!["authorization"]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task ConsoleCookie_OpensRoutes_AndAForeignPageCannotUseIt()
    {
        Needs.Program("python3", "python3");
        await using var server = new TestServer();
        await LoadAsync(server);
        using var browser = server.Browser();
        (await TestServer.SignInAsync(browser)).Dispose();

        var looked = await browser.GetAsync("/plugins/test-plugin/files/a", Token);
        var own = await browser.SendAsync(Post("/plugins/test-plugin/files/a", "", ("Origin", "http://localhost")), Token);
        var foreign = await browser.SendAsync(Post("/plugins/test-plugin/files/a", "", ("Origin", "http://elsewhere.example")), Token);
        var silent = await browser.SendAsync(Post("/plugins/test-plugin/files/a", ""), Token);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (looked.StatusCode, own.StatusCode, foreign.StatusCode, silent.StatusCode));
    }

    [Fact]
    public async Task BuiltIn_AnswersInItsOwnTypes()
    {
        await using var server = new TestServer().With(services => services.AddSingleton<IBuiltInPlugin>(new Greeting()));
        using var rest = await RestClient.AdminAsync(server);
        await server.WaitAsync(() => server.Get<PluginFleet>().Find("greeting")?.Status.State == PluginState.Loaded);

        var greeted = await rest.GetAsync("/plugins/greeting/hello/there?loud=1");
        var failed = await rest.GetAsync("/plugins/greeting/hello/fail");

        Assert.Equal((202, "GET hello/there ?loud=1 admin"), (greeted.Status, greeted.Text));
        Assert.Equal((502, "Greeting says: not today"), (failed.Status, failed.Text));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task LoadAsync(TestServer server)
    {
        server.Browser().Dispose();
        var fleet = server.Get<PluginFleet>();
        var installed = await fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(Wants), Script), "ada", Token);
        await fleet.AcceptAsync(PythonPlugin.Id, installed.Settings.Manifest.Wants.Texts, [], Token);
        await fleet.LoadAsync(PythonPlugin.Id, Token);
    }

    private static HttpRequestMessage Post(string address, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private sealed class Greeting : IBuiltInPlugin
    {
        public string Manifest => """{"id": "greeting", "name": "Greeting", "version": "1.0.0", "contract": "1.0", "wants": {"routes": [{"path": "hello/*"}]}}""";

        public Plugin Create() => new Greeter();
    }

    private sealed class Greeter : Plugin
    {
        public override string Id => "greeting";

        public override string Version => "1.0.0";

        protected override Task<PluginHttpResponse> HttpAsync(PluginHttpRequest request, CancellationToken cancellationToken) => request.Path == "hello/fail"
            ? throw new InvalidOperationException("not today")
            : Task.FromResult(new PluginHttpResponse(202, Encoding.UTF8.GetBytes($"{request.Method} {request.Path} {request.Query} {request.User?.Name}")));
    }
}
