using System.Text.Json.Nodes;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>A method of the JSON-RPC API that signs in with a password.</summary>
internal sealed class RpcDoor(string method, bool takesCodes) : IDoor
{
    public string Name => method;

    public bool TakesNames => true;

    public bool TakesCodes => takesCodes;

    public Task<Knocker> ApproachAsync(TestServer server, string name, string rightPassword) => Task.FromResult<Knocker>(async (password, code) =>
    {
        await using var client = await RpcClient.ConnectAsync(server);
        var parameters = new JsonObject { ["email"] = name, ["password"] = password };
        if (code is not null)
            parameters["otp"] = code;
        var answer = await client.CallAsync(method, parameters);
        return new(await client.ResultAsync("session.getUser") is not null, (string?)answer["error"]?["message"] ?? "");
    });
}
