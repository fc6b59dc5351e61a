using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Errors;

/// <summary>Every status of an error comes from something that really happens, in XO's shape and as a problem document.</summary>
public sealed class RestErrorTests
{
    private const string Plain = "application/json";
    private const string Problem = "application/problem+json";

    private static readonly ImmutableArray<Cause> s_causes =
    [
        new(400, "no JSON", ApiErrorCode.ParseError, (_, ask) => ask(new(HttpMethod.Post, "/rest/v0/groups") { Content = new StringContent("{", Encoding.UTF8, Plain) })),
        new(400, "a filter that is none", ApiErrorCode.InvalidRequest, (_, ask) => ask(new(HttpMethod.Get, "/rest/v0/vms?filter=(("))),
        new(401, "nobody is signed in", ApiErrorCode.InvalidCredentials, (_, ask) => ask(new(HttpMethod.Get, "/rest/v0/vms") { Headers = { Authorization = new("Bearer", "nonsense") } })),
        new(403, "a viewer who starts", ApiErrorCode.Unauthorized, async (scene, ask) =>
        {
            var token = await RestClient.TokenAsync(scene.Server, ErrorScene.Viewer);
            return await ask(new(HttpMethod.Post, $"/rest/v0/vms/{scene.VmThatIsOff().Uuid}/actions/start") { Headers = { Authorization = new("Bearer", token) } });
        }),
        new(404, "an id of nothing", ApiErrorCode.NoSuchObject, (_, ask) => ask(new(HttpMethod.Get, "/rest/v0/vms/nothing"))),
        new(404, "no such address", null, (_, ask) => ask(new(HttpMethod.Get, "/rest/v0/nothing"))),
        new(405, "a method that the address does not take", null, (_, ask) => ask(new(HttpMethod.Delete, "/rest/v0/vms"))),
        new(409, "running already", ApiErrorCode.VmBadPowerState, async (scene, ask) => await ask(new(HttpMethod.Post, $"/rest/v0/vms/{(await scene.VmThatRunsAsync()).Uuid}/actions/start"))),
        new(409, "a task that is over", ApiErrorCode.IncorrectState, async (scene, ask) =>
        {
            var task = await scene.Rest.DoAsync($"vms/{scene.VmThatIsOff().Uuid}/actions/start");
            return await ask(new(HttpMethod.Post, $"/rest/v0/tasks/{task["id"]}/actions/abort"));
        }),
        new(412, "another one by now", null, (scene, ask) => ask(new(HttpMethod.Patch, $"/rest/v0/vms/{scene.VmThatIsOff().Uuid}")
        {
            Headers = { IfMatch = { new EntityTagHeaderValue("\"old\"") } },
            Content = new StringContent("""{"nameLabel":"new"}""", Encoding.UTF8, Plain),
        })),
        // It is refused before it is sent, so that the answer is not lost with the line.
        new(413, "too large", null, (_, ask) => ask(new(HttpMethod.Post, "/rest/v0/groups") { Headers = { ExpectContinue = true }, Content = new ByteArrayContent(new byte[5_000_000]) })),
        new(422, "no name", null, (_, ask) => ask(new(HttpMethod.Post, "/rest/v0/groups") { Content = new StringContent("{}", Encoding.UTF8, Plain) })),
        new(422, "a value that does not fit", ApiErrorCode.InvalidParameters, (scene, ask) => ask(new(HttpMethod.Post, $"/rest/v0/vms/{scene.VmThatIsOff().Uuid}/actions/clone")
        {
            Content = new StringContent($$"""{"name_label":"{{new string('x', 5_000)}}"}""", Encoding.UTF8, Plain),
        })),
        new(429, "too many streams", ApiErrorCode.TooMany, async (scene, ask) =>
        {
            var open = new List<HttpResponseMessage>();
            try
            {
                HttpResponseMessage answer;
                while ((answer = await ask(new(HttpMethod.Get, "/rest/v0/events"))).IsSuccessStatusCode)
                    open.Add(answer);
                return answer;
            }
            finally
            {
                open.ForEach(one => one.Dispose());
            }
        }),
        new(500, "a disk that forgets", ApiErrorCode.Unknown, (scene, ask) =>
        {
            var vm = scene.VmThatIsOff();
            return scene.BeatenToItAsync("VM.snapshot", () => scene.Change(scene.DiskOf(vm), row => row["on_boot"] = "reset"), () => ask(new(HttpMethod.Post, $"/rest/v0/vms/{vm.Uuid}/actions/snapshot?sync=true")));
        }),
        new(501, "a way through a proxy", ApiErrorCode.NotImplemented, (_, ask) => ask(new(HttpMethod.Post, "/rest/v0/servers")
        {
            Content = new StringContent("""{"host":"192.0.2.1","username":"root","password":"x","httpProxy":"http://192.0.2.2"}""", Encoding.UTF8, Plain),
        })),
        new(503, "a pool takes no connections", ApiErrorCode.ServerUnreachable, (scene, ask) =>
        {
            scene.Unknown.Misbehave(new(FaultKind.Refuse) { Seconds = 86_400 });
            return ask(new(HttpMethod.Post, "/rest/v0/servers") { Content = new StringContent(Servers.Of(scene.Unknown).ToJsonString(), Encoding.UTF8, Plain) });
        }),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryStatus_ComesOfACause()
    {
        await using var scene = await ErrorScene.StartAsync();
        var wrong = new List<string>();

        foreach (var cause in s_causes)
            foreach (var type in (string[])[Plain, Problem])
            {
                using var answer = await cause.AskAsync(scene, request => AskAsync(scene, request, type));
                var text = await answer.Content.ReadAsStringAsync(Token);
                if ((int)answer.StatusCode != cause.Status || answer.Content.Headers.ContentType?.MediaType != type || !(type == Plain ? IsPlain(text) : IsProblem(text, cause)))
                    wrong.Add($"{cause.Name}: {cause.Status} {cause.Code} as {type} was expected, and came {(int)answer.StatusCode} {answer.Content.Headers.ContentType} {text}");
            }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void EveryStatus_HasACauseAndIsDocumented()
    {
        var documented = File.ReadLines(Checkout.File("docs", "api-rest.md")).SkipWhile(line => line != "## Errors").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).SelectMany(line => line.Split('|')[1].Split(',')).Where(cell => int.TryParse(cell, CultureInfo.InvariantCulture, out _)).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture));

        Assert.Equal(s_causes.Select(cause => cause.Status).Distinct().Order(), documented.Order());
    }

    private static Task<HttpResponseMessage> AskAsync(ErrorScene scene, HttpRequestMessage request, string type)
    {
        request.Headers.Accept.Add(new(type));
        return scene.PatientRest.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static bool IsPlain(string text) => JsonNode.Parse(text) is JsonObject answer && answer["error"] is { } error && (error is JsonObject or JsonValue);

    private static bool IsProblem(string text, Cause cause) =>
        JsonNode.Parse(text) is JsonObject problem && (string?)problem["type"] == "about:blank" && (int?)problem["status"] == cause.Status && (string?)problem["title"] is { Length: > 0 }
        && (string?)problem["detail"] is { Length: > 0 } && (int?)problem["code"] == cause.Code;

    /// <param name="Code">Of the API, which the problem document has; null where the request never got that far.</param>
    private sealed record Cause(int Status, string Name, int? Code, Func<ErrorScene, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> AskAsync);
}
