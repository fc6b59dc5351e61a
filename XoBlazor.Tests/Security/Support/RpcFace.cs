using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>Every method of the JSON-RPC API, with each id in each place that takes one, and whatever the socket pushes.</summary>
internal sealed class RpcFace : IFace
{
    /// <summary>What would end the person's own access and says nothing of others.</summary>
    private static readonly string[] s_ownEnd = ["session.signIn", "session.signInWithPassword", "session.signInWithToken", "session.signOut", "token.deleteOwn", "user.changePassword", "api.closeAllConnections"];

    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    public string Name => "JSON-RPC";

    public async IAsyncEnumerable<Heard> ReplayAsync(Estate estate, Person person)
    {
        var zoe = (await estate.Server.AccountAsync(Estate.Zoe)).Id.ToString("D");
        var hidden = estate.HiddenFrom(person).DistinctBy(value => value.Class).ToList();
        var ids = (hidden.Count > 0 ? hidden : [estate.Vm(0)]).SelectMany(value => (string[])[value.Uuid, value.Ref]).Append(zoe).ToList();
        await using var client = await ConnectAsync(estate, person);
        foreach (var method in estate.Server.Get<ApiCatalogue>().All.Where(method => !s_ownEnd.Contains(method.Name)))
            foreach (var id in method.Parameters is { Length: > 0 } ? ids : ids[..1])
            {
                var answer = await client.CallAsync(method.Name, Parameters(method, id));
                // What was asked is said again in an error.
                var code = answer["error"]?["code"]?.GetValue<int>();
                yield return new($"{method.Name} {id}", code switch { null => 200, ApiErrorCode.Unknown => 500, _ => 400 }, answer.ToJsonString());
            }
    }

    public async Task<string> ListenAsync(Estate estate, Person person, Func<Task> change)
    {
        await using var client = await ConnectAsync(estate, person);
        var heard = new StringBuilder();
        var listening = ListenAsync(client, heard);
        await change();
        using var patience = Patience.Source();
        await Task.Delay(s_quiet, patience.Token);
        client.Socket.Abort();
        await listening;
        return heard.ToString();
    }

    private static async Task ListenAsync(RpcClient client, StringBuilder heard)
    {
        try
        {
            while (await client.ReceiveAsync() is { } message)
                heard.Append(message);
        }
        catch (Exception over) when (over is WebSocketException or OperationCanceledException or IOException)
        {
        }
    }

    private static async Task<RpcClient> ConnectAsync(Estate estate, Person person)
    {
        using var patience = Patience.Source();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(estate.Address) { Scheme = "ws", Path = "/api/" }.Uri, patience.Token);
        var client = new RpcClient(socket);
        if (person.Token.Length > 0)
            await client.ResultAsync("session.signIn", new JsonObject { ["token"] = person.Token });
        return client;
    }

    private static JsonObject? Parameters(ApiMethod method, string id) => method.Parameters is not { } declared ? null
        : new(declared.Where(parameter => parameter.Name != ApiParameter.Others).Select(parameter => KeyValuePair.Create(parameter.Name, Sample.Of(parameter.Schema, id))));
}
