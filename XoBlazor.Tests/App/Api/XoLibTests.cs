using System.Text.Json.Nodes;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>npm's xo-lib and jsonrpc-websocket-client, as xo-cli uses them, against a server on a port.</summary>
public sealed class XoLibTests
{
    [Fact]
    public async Task XoLib_RegistersAndCallsAsEver()
    {
        using var patience = Patience.Source();
        await using var server = new TestServer().OnAPort();
        var clients = await NodeClients.InstallAsync(patience.Token);

        var seen = JsonNode.Parse(await NodeClients.RunAsync(clients, "node", ["xo-lib.mjs", server.Address!.ToString().TrimEnd('/'), TestServer.Admin, TestServer.Password], patience.Token))!;

        Assert.Equal((3, "invalid credentials"), Failure("wrongPassword"));
        Assert.Equal(("admin", "admin"), ((string?)seen["user"]!["email"], (string?)seen["user"]!["permission"]));
        Assert.Equal("admin", (string?)seen["again"]);
        Assert.True(seen["methods"]!.GetValue<int>() > 50);
        Assert.True(seen["start"]!["force"]!["optional"]!.GetValue<bool>());
        Assert.Equal((-32601, "method not found: no.such"), Failure("badMethod"));
        Assert.Equal((10, "invalid parameters"), Failure("badParams"));
        Assert.Equal("must have required property 'email'", (string?)seen["badParams"]!["data"]!["errors"]![0]!["message"]);
        Assert.Equal((1, "no such VM nope"), Failure("noSuchObject"));
        Assert.Equal(200, seen["many"]!.GetValue<int>());
        Assert.Null(seen["anonymous"]);
        Assert.Equal((2, "not enough permissions"), Failure("refused"));
        Assert.Equal("admin", (string?)seen["signedIn"]);
        Assert.True(seen["out"]!.GetValue<bool>());

        (int Code, string? Message) Failure(string name) => (seen[name]!["code"]!.GetValue<int>(), (string?)seen[name]!["message"]);
    }
}
