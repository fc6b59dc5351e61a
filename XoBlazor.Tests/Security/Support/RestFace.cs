using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.App.Api.Rest;
using XoBlazor.App.Api.Rest.Docs;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>Every route of the REST API with what it takes, each id in each place that takes one, and whatever the stream of events tells.</summary>
internal sealed partial class RestFace : IFace
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    public string Name => "REST";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async IAsyncEnumerable<Heard> ReplayAsync(Estate estate, Person person)
    {
        using var client = estate.Client(person, withToken: true);
        var zoe = (await estate.Server.AccountAsync(Estate.Zoe)).Id.ToString("D");
        var hidden = estate.HiddenFrom(person).DistinctBy(value => value.Class).ToList();
        var ids = (hidden.Count > 0 ? hidden : [estate.Vm(0)]).SelectMany(value => (string[])[value.Uuid, value.Ref]).Append(zoe).ToList();
        foreach (var route in estate.Server.Get<RestRoutes>().All.Where(route => !route.Outcomes.Contains(RestOutcome.Events)))
            foreach (var id in route.Path.Contains('{', StringComparison.Ordinal) || route.Body is { Length: > 0 } ? ids : ids[..1])
            {
                var query = route.Outcomes.Contains(RestOutcome.List) ? "?fields=*" : route.Query.Any(one => one.Name == "sync") ? "?sync=true" : "";
                using var request = new HttpRequestMessage(new(route.Verb), RestEndpoints.Root + Part().Replace(OpenApiDocument.PathOf(route), Uri.EscapeDataString(id)) + query);
                if (route.Body is { } body)
                    request.Content = JsonContent.Create(new JsonObject(body.Select(one => KeyValuePair.Create(one.Name, Sample.Of(one.Schema, id)))));
                using var answer = await client.SendAsync(request, Token);
                yield return new($"{route.Name} {id}", (int)answer.StatusCode, $"{answer.Headers}{await answer.Content.ReadAsStringAsync(Token)}");
            }
    }

    public async Task<string> ListenAsync(Estate estate, Person person, Func<Task> change)
    {
        using var client = estate.Client(person, withToken: true);
        using var patience = Patience.Source();
        using var answer = await client.GetAsync(RestEndpoints.Root + "/events", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        if (!answer.IsSuccessStatusCode)
        {
            await change();
            return await answer.Content.ReadAsStringAsync(patience.Token);
        }

        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        await lines.ReadLineAsync(patience.Token);
        var stream = (string)JsonNode.Parse((await lines.ReadLineAsync(patience.Token))!["data: ".Length..])!["id"]!;
        // As many as one stream takes, of those that have most to tell.
        foreach (var type in (string[])["VM", "task", "host", "pool", "SR", "VDI", "VBD", "VIF", "network", "message", "VM-snapshot", "VM-template", "PBD", "PIF"])
            (await client.PostAsJsonAsync($"{RestEndpoints.Root}/events/{stream}/subscriptions", new { collection = type }, patience.Token)).EnsureSuccessStatusCode();
        var heard = new StringBuilder();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var listening = ListenAsync(lines, heard, over.Token);
        await change();
        await Task.Delay(s_quiet, patience.Token);
        await over.CancelAsync();
        await listening;
        return heard.ToString();
    }

    private static async Task ListenAsync(StreamReader lines, StringBuilder heard, CancellationToken over)
    {
        try
        {
            while (await lines.ReadLineAsync(over) is { } line)
                heard.AppendLine(line);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
        }
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Part();
}
