using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Objects and their changes as clients meet them: on the socket of a whole server.</summary>
public sealed class ObjectsOnTheSocketTests
{
    private const string PoolUuid = "5c25d6b2-0000-4000-8000-000000000001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAllObjects_AMapAnExampleATextAndLines_AreWhatIsThere()
    {
        await using var server = new TestServer();
        using var writer = Pool(server);
        await using var client = await RpcClient.AdminAsync(server);

        var all = (await client.ResultAsync("xo.getAllObjects"))!.AsObject();
        var vms = await client.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = new JsonObject { ["type"] = "VM" }, ["limit"] = 1 });
        var text = await client.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = "type:VM tags:prod" });
        var address = (string)(await client.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = "type:VM", ["ndjson"] = true }))!["$getFrom"]!;
        using var browser = server.Browser();
        var lines = (await browser.GetStringAsync(address, Token)).TrimEnd('\n').Split('\n');

        Assert.Equal(new[] { "a", "b", PoolUuid }.Order(), all.Select(o => o.Key).Order());
        Assert.Single(vms!.AsObject());
        Assert.Equal(["a"], text!.AsObject().Select(o => o.Key));
        Assert.Equal(["a", "b"], lines.Select(l => (string)JsonNode.Parse(l)!["id"]!).Order());
    }

    [Theory]
    [InlineData("""{"filter":"type:("}""")]
    [InlineData("""{"filter":7}""")]
    [InlineData("""{"limit":"many"}""")]
    [InlineData("""{"unknown":true}""")]
    public async Task GetAllObjects_BadParameters_AreInvalid(string parameters)
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);

        Assert.Equal(10, await client.CodeAsync("xo.getAllObjects", JsonNode.Parse(parameters)));
    }

    [Fact]
    public async Task All_AChange_ComesToWhoeverIsSignedIn()
    {
        await using var server = new TestServer();
        using var writer = Pool(server);
        await using var anonymous = await RpcClient.ConnectAsync(server);
        await using var client = await RpcClient.AdminAsync(server);
        await using var second = await RpcClient.AdminAsync(server);

        // The feed begins with the sign-in's answer; a change before would be in getAllObjects.
        await client.ResultAsync("xo.getAllObjects");
        await second.ResultAsync("xo.getAllObjects");
        writer.Apply([ObjectUpdate.Present(Vm("a", "renamed"))]);
        foreach (var told in new[] { client, second })
            Assert.Equal("renamed", (string)(await UntilAsync(told, "all", p => (string)p["type"]! == "enter"))["items"]!["a"]!["name_label"]!);
        writer.Apply([ObjectUpdate.Gone("OpaqueRef:b")]);
        foreach (var told in new[] { client, second })
            Assert.Equal("""{"b":0}""", (await UntilAsync(told, "all", p => (string)p["type"]! == "exit"))["items"]!.ToJsonString());

        // Whoever is not signed in hears nothing before the answer to a call.
        Assert.Contains("\"result\"", (await anonymous.AskAsync("""{"jsonrpc":"2.0","id":1,"method":"system.getServerVersion"}"""))!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_OnTheSocket_TellsDeltasAndResumes()
    {
        await using var server = new TestServer();
        using var writer = Pool(server);
        string position;
        await using (var client = await RpcClient.AdminAsync(server))
        {
            var subscribed = await client.ResultAsync("changes.subscribe", new JsonObject { ["filter"] = "type:VM", ["fields"] = new JsonArray("name_label") });
            Assert.False((bool)subscribed!["resumed"]!);
            var first = await client.NotificationAsync("changes", p => (bool)p["more"]! == false);
            Assert.Equal(["a", "b"], first["enter"]!.AsObject().Select(e => e.Key).Order());
            position = (string)first["position"]!;
        }

        writer.Apply([ObjectUpdate.Present(Vm("a", "renamed"))]);
        await using var again = await RpcClient.AdminAsync(server);
        var resumed = await again.ResultAsync("changes.subscribe", new JsonObject { ["filter"] = "type:VM", ["fields"] = new JsonArray("name_label"), ["since"] = position });
        var told = await again.NotificationAsync("changes", p => p.ContainsKey("update"));

        Assert.True((bool)resumed!["resumed"]!);
        Assert.Equal("""{"a":{"name_label":"renamed"}}""", told["update"]!.ToJsonString());
        Assert.Equal(1, await again.CodeAsync("changes.unsubscribe", new JsonObject { ["subscription"] = "another" }));
        Assert.True((bool)(await again.ResultAsync("changes.unsubscribe", new JsonObject { ["subscription"] = (string)resumed["subscription"]! }))!);
    }

    [Fact]
    public async Task All_WhoeverMayViewAPart_IsToldOfThatPartAndOfItsEnd()
    {
        await using var server = new TestServer();
        using var writer = Pool(server);
        var admin = await server.AdminAsync();
        var id = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
        var grants = server.Get<GrantAdministration>();
        var grant = await grants.AddAsync(admin, SubjectKind.User, id, Role.Viewer.Id, new AccessScope.OfVms("tags:prod"), Token);
        await using var client = await RpcClient.SignedInAsync(server, "ada", TestServer.Password);

        var seen = await client.ResultAsync("xo.getAllObjects");
        var foreign = await client.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = new JsonObject { ["id"] = "b" } });
        writer.Apply([ObjectUpdate.Present(Vm("b", "hidden")), ObjectUpdate.Present(Vm("a", "seen") with { Tags = ["prod"] })]);
        var told = await UntilAsync(client, "all", _ => true);
        await grants.RemoveAsync(admin, grant, Token);
        var end = await UntilAsync(client, "all", _ => true);

        Assert.Equal(["a"], seen!.AsObject().Select(o => o.Key));
        Assert.Empty(foreign!.AsObject());
        Assert.Equal(["a"], told["items"]!.AsObject().Select(o => o.Key));
        Assert.Equal("""{"type":"exit","items":{"a":0}}""", end.ToJsonString());
        Assert.Empty((await client.ResultAsync("xo.getAllObjects"))!.AsObject());
    }

    private static PoolWriter Pool(TestServer server)
    {
        var writer = server.Services.GetRequiredService<ObjectStore>().Open(PoolUuid);
        writer.ApplyListing([new Pool { Ref = "OpaqueRef:pool", Uuid = PoolUuid }, Vm("a", "") with { Tags = ["prod"] }, Vm("b", "")]);
        return writer;
    }

    private static Vm Vm(string uuid, string name) => new() { Ref = $"OpaqueRef:{uuid}", Uuid = uuid, NameLabel = name };

    /// <summary>The parameters of the next notification of a kind.</summary>
    private static async Task<JsonObject> UntilAsync(RpcClient client, string method, Predicate<JsonObject> isWanted)
    {
        while (true)
        {
            var message = JsonNode.Parse(await client.ReceiveAsync() ?? throw new InvalidOperationException("the server closed"))!.AsObject();
            if ((string?)message["method"] == method && message["params"]!.AsObject() is var told && isWanted(told))
                return told;
        }
    }
}
