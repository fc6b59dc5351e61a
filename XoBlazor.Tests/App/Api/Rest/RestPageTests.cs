using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.Rest;
using XoBlazor.App.Api.Rest.Docs;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>What is told of the REST API: the OpenAPI document and the page that the server has, and <c>docs/api-rest.md</c>.</summary>
public sealed partial class RestPageTests
{
    private const string Provides =
        """
        {"provides": [{"name": "test-plugin.greet", "title": "Greet", "description": "Says hello.", "class": "VM",
          "parameters": {"type": "object", "required": ["words"], "properties": {"words": {"type": "string", "title": "Words", "maxLength": 40}, "times": {"type": "integer", "default": 2, "minimum": 1, "maximum": 5},
            "tone": {"type": "string", "enum": ["low", "high"]}, "password": {"type": "string"}, "names": {"type": "array", "items": {"type": "string"}}}}}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_OpenToAll_AreTheseAndNoOthers()
    {
        await using var server = new TestServer();

        Assert.Equal(["GET /", "GET /docs", "GET /docs/swagger.json", "GET /gui-routes", "GET /ping"], server.Get<RestRoutes>().All.Where(route => route.IsOpen).Select(route => route.Name));
    }

    [Fact]
    public async Task Routes_NotOpenToAll_AreRefusedToNobody()
    {
        await using var server = new TestServer();
        using var anyone = RestClient.Of(server);

        foreach (var route in server.Get<RestRoutes>().All.Where(route => !route.IsOpen))
            Assert.Equal((route.Name, 401), (route.Name, (await anyone.SendAsync(route.Verb, RestClient.Root + Part().Replace(OpenApiDocument.PathOf(route), "x"), route.Verb is "POST" ? new JsonObject() : null)).Status));
    }

    [Fact]
    public async Task OpenApi_HasEveryRoute_WithWhatItTakes()
    {
        await using var server = new TestServer();
        using var anyone = RestClient.Of(server);

        var answer = await anyone.GetAsync("docs/swagger.json");
        var again = await anyone.GetAsync("docs/swagger.json", ("If-None-Match", answer.Headers.ETag!.ToString()));
        var document = answer.Json;

        Assert.Equal("3.1.0", (string)document["openapi"]!);
        Assert.Equal(304, again.Status);
        Assert.Equal(
            server.Get<RestRoutes>().All.Select(route => $"{route.Verb} {OpenApiDocument.PathOf(route)}").Order(StringComparer.Ordinal),
            document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => $"{one.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal));
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => one.Value!)).ToList();
        Assert.Equal(operations.Count, operations.Select(one => (string)one["operationId"]!).Distinct().Count());
        Assert.All(References(document), reference => Assert.NotNull(document["components"]!["schemas"]![reference.Split('/')[^1]]));
        var start = document["paths"]!["/vms/{id}/actions/start"]!["post"]!;
        Assert.Equal("string", (string)start["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]!["hostId"]!["type"]!);
        Assert.Equal(["sync"], start["parameters"]!.AsArray().Where(one => (string)one!["in"]! == "query").Select(one => (string)one!["name"]!));
    }

    [Fact]
    public async Task OpenApi_HasWhatPluginsAdd_AsLongAsTheyAreLoaded_ForWhoIsSignedIn()
    {
        Needs.Program("python3", "python3");
        await using var server = new TestServer();
        using var anyone = RestClient.Of(server);
        using var admin = await RestClient.AdminAsync(server);
        var fleet = server.Get<PluginFleet>();
        var (before, version) = (await admin.GetAsync("docs/swagger.json"), server.Get<OperationVersion>().Text);

        var installed = await fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(Provides), "start()\nserve()"), "ada", Token);
        await fleet.AcceptAsync(PythonPlugin.Id, installed.Settings.Manifest.Wants.Texts, [], Token);
        await fleet.LoadAsync(PythonPlugin.Id, Token);
        var loaded = await admin.GetAsync("docs/swagger.json", ("If-None-Match", before.Headers.ETag!.ToString()));
        var again = await admin.GetAsync("docs/swagger.json", ("If-None-Match", loaded.Headers.ETag!.ToString()));
        var stranger = await anyone.GetAsync("docs/swagger.json", ("If-None-Match", loaded.Headers.ETag!.ToString()));
        var liar = await anyone.GetAsync("docs/swagger.json", ("Authorization", "Bearer xob_wrong"));
        var whileLoaded = server.Get<OperationVersion>().Text;
        await fleet.UnloadAsync(PythonPlugin.Id, Token);
        var unloaded = await admin.GetAsync("docs/swagger.json", ("If-None-Match", loaded.Headers.ETag!.ToString()));

        const string address = "/operations/test-plugin.greet";
        Assert.Equal((200, 200, 304, 200, 200, 200), (before.Status, loaded.Status, again.Status, stranger.Status, liar.Status, unloaded.Status));
        Assert.All([before, stranger, liar, unloaded], answer => Assert.Null(answer.Json["paths"]![address]));
        var greet = loaded.Json["paths"]![address]!["post"]!;
        Assert.Equal(("test-plugin.greet", "Greet"), ((string)greet["operationId"]!, (string)greet["summary"]!));
        Assert.StartsWith("Says hello.", (string)greet["description"]!, StringComparison.Ordinal);
        Assert.Equal(["sync"], greet["parameters"]!.AsArray().Select(one => (string)one!["name"]!));
        var body = greet["requestBody"]!["content"]!["application/json"]!["schema"]!;
        Assert.Equal(["id", "arguments"], body["required"]!.AsArray().Select(one => (string)one!));
        Assert.Equal("of the object it works on: VM", (string)body["properties"]!["id"]!["description"]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(
            """
            {"type": "object", "additionalProperties": false, "required": ["words"], "properties": {
              "words": {"type": "string", "maxLength": 40, "title": "Words"}, "times": {"type": "integer", "minimum": 1, "maximum": 5, "title": "times", "default": 2},
              "tone": {"type": "string", "enum": ["low", "high"], "title": "tone"}, "password": {"type": "string", "maxLength": 1024, "title": "password", "writeOnly": true},
              "names": {"type": "array", "maxItems": 256, "title": "names", "items": {"type": "string", "maxLength": 1024, "title": "names"}}}}
            """), body["properties"]!["arguments"]), body["properties"]!["arguments"]!.ToJsonString());
        Assert.NotNull(greet["responses"]!["202"]);
        Assert.Equal(["id"], loaded.Json["paths"]!["/operations/{operation}"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["required"]!.AsArray().Select(one => (string)one!));

        // One text for both: a program that asks for the version knows when to read the document again.
        Assert.Equal((version, whileLoaded, version), (VersionIn(before), VersionIn(loaded), VersionIn(unloaded)));
        Assert.NotEqual(version, whileLoaded);
        Assert.Equal(before.Headers.ETag, unloaded.Headers.ETag);

        static string VersionIn(RestAnswer answer) => (string)answer.Json["info"]!["x-operations"]!;
    }

    [Fact]
    public async Task Page_HasEveryRoute_AndNoScript()
    {
        await using var server = new TestServer();
        using var browser = server.Browser();

        using var answer = await browser.GetAsync(new Uri("/rest/v0/docs", UriKind.Relative), Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.All(server.Get<RestRoutes>().All, route => Assert.Contains($">{OpenApiDocument.PathOf(route)}</code>", page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Page_InABrowser_CanBeReadByEverybody(int width, int height)
    {
        await using var server = new TestServer().OnAPort();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank");
        await page.SetViewportSizeAsync(width, height);

        await page.GotoAsync(new Uri(server.Address!, "/rest/v0/docs").AbsoluteUri);
        await page.Locator("summary", new() { HasText = "/vms/{id}/actions/migrate" }).ClickAsync();
        await page.GetByText("migrationNetworkId").WaitForAsync();

        Assert.Empty(await Axe.ProblemsAsync(page));
        Assert.Empty(await Station.TooWideAsync(page));
    }

    [Fact]
    public async Task Document_TellsOfEveryRoute_OursAndXenOrchestras()
    {
        await using var server = new TestServer();
        var here = server.Get<RestRoutes>().All.Select(route => $"{route.Verb} {OpenApiDocument.PathOf(route)}").ToHashSet();
        var theirs = JsonNode.Parse(SharedData.Text("data", "xo-rest.json"))!["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => $"{one.Key.ToUpperInvariant()} {path.Key}"));

        var rows = Row().Matches(File.ReadAllText(Checkout.File("docs", "api-rest.md"))).Select(row => (Name: row.Groups[1].Value, State: row.Groups[2].Value, Why: row.Groups[3].Value.Trim())).ToList();

        Assert.Equal(here.Union(theirs).Order(StringComparer.Ordinal), rows.Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal((row.Name, here.Contains(row.Name)), (row.Name, row.State == "done")));
        Assert.All(rows, row => Assert.True(row.State == "done" || row.Why.Length > 0, $"{row.Name} is not there, and docs/api-rest.md does not say why"));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"^\| `([A-Z]+ /[^`]*)` \| ([^|]+) \|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
