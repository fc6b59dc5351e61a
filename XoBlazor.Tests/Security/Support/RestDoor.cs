using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>The REST API with name and password at a request. Each knock is a program of its own: the session that a right one began has ended.</summary>
internal sealed class RestDoor : IDoor
{
    private const string Again = "Send the request again";

    public string Name => "REST";

    public bool TakesNames => true;

    public bool TakesCodes => true;

    public Task<Knocker> ApproachAsync(TestServer server, string name, string rightPassword) => Task.FromResult<Knocker>(async (password, code) =>
    {
        var knock = await AskAsync(server, name, password, code);
        if (knock.Words.Contains(Again, StringComparison.Ordinal))
            knock = await AskAsync(server, name, password, code);
        if (knock.IsIn)
            await server.Get<SignInSessions>().EndAsync(server.Get<SignInSessions>().Of((await server.AccountAsync(name)).Id)[0].Id);
        return knock;
    });

    private static async Task<Knock> AskAsync(TestServer server, string name, string password, string? code)
    {
        using var client = server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/rest/v0/vms{(code is null ? "" : $"?otp={Uri.EscapeDataString(code)}")}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var isIn = answer.StatusCode == HttpStatusCode.OK;
        return new(isIn, isIn ? "" : (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"] ?? "");
    }
}
