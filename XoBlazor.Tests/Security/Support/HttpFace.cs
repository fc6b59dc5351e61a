using System.Net.Http.Json;
using XoBlazor.App.Accounts;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>Every mapped HTTP endpoint with every method it takes, pages, forms and whatever APIs there are, with a cookie or an API token.</summary>
internal sealed class HttpFace(bool withToken) : IFace
{
    public string Name => withToken ? "HTTP with a token" : "HTTP with a cookie";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async IAsyncEnumerable<Heard> ReplayAsync(Estate estate, Person person)
    {
        using var client = estate.Client(person, withToken);
        var zoe = (await estate.Server.AccountAsync(Estate.Zoe)).Id;
        // One object of each class that is not theirs, by uuid and by reference.
        var hidden = estate.HiddenFrom(person).DistinctBy(value => value.Class).ToList();
        var ids = (hidden.Count > 0 ? hidden : [estate.Vm(0)]).SelectMany(value => (string[])[value.Uuid, value.Ref]).ToList();
        foreach (var endpoint in Routes.Of(estate.Server))
            foreach (var method in Routes.Methods(endpoint))
                // The REST API is asked by each id by a face of its own.
                foreach (var address in Routes.Fill(endpoint.RoutePattern, estate.Pool.Uuid, endpoint.RoutePattern.RawText!.StartsWith("/rest/", StringComparison.Ordinal) ? ids[..1] : ids, zoe))
                    if (address != SignInEndpoints.OutPath || method == "GET")
                        yield return await AskAsync(client, method, address, ids[0]);
    }

    // A request has an answer and nothing afterwards; what streams is asked again after the change.
    public async Task<string> ListenAsync(Estate estate, Person person, Func<Task> change)
    {
        await change();
        var heard = new List<string>();
        await foreach (var one in ReplayAsync(estate, person))
            heard.Add(one.Text);
        return string.Concat(heard);
    }

    private async Task<Heard> AskAsync(HttpClient client, string method, string address, string id)
    {
        using var request = new HttpRequestMessage(new(method), address);
        request.Headers.Accept.Add(new("*/*"));
        if (method is not ("GET" or "HEAD"))
        {
            request.Headers.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
            request.Content = JsonContent.Create(new { id, uuid = id, admin = true, permission = "admin", role = "administrator" });
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        // What goes on for ever is listened to by the face it belongs to.
        var body = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(Token);
        return new($"{method} {address}", (int)answer.StatusCode, $"{answer.Headers}{body}");
    }
}
