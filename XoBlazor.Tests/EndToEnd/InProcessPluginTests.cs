using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>A plugin in .NET within the published file, where the contract and the framework lie in the file itself.</summary>
public sealed class InProcessPluginTests
{
    [Fact]
    public async Task Plugin_IsInstalledAcceptedLoadedTestedAndUnloaded_WithinTheFile()
    {
        using var folder = new TempFolder();
        await using var server = PublishedFile.Launch(folder, "--Setup:AdminPassword=" + TestServer.Password);
        var address = await server.ReadyAsync();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/api/" }.Uri, TestContext.Current.CancellationToken);
        await using var client = new RpcClient(socket);
        await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });

        var installed = await client.ResultAsync("plugin.install", new JsonObject { ["package"] = Convert.ToBase64String(TricksterPlugin.Package().Zip) });
        await client.ResultAsync("plugin.accept", new JsonObject { ["id"] = TricksterPlugin.Id, ["wants"] = installed!["wants"]!.DeepClone() });
        await client.ResultAsync("plugin.load", new JsonObject { ["id"] = TricksterPlugin.Id });
        var where = await client.ResultAsync("plugin.test", new JsonObject { ["id"] = TricksterPlugin.Id, ["data"] = "where" });
        await client.ResultAsync("plugin.unload", new JsonObject { ["id"] = TricksterPlugin.Id });

        Assert.Equal("""{"own":"trickster","contract":"Default","framework":"Default"}""", where!.ToJsonString());
    }
}
