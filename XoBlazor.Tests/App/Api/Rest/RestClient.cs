using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>A program at the other end of the REST API, with an API token.</summary>
internal sealed class RestClient(HttpClient http) : IDisposable
{
    public const string Root = "/rest/v0";

    /// <summary>Of everybody that <see cref="UserAsync"/> makes.</summary>
    public const string UsersPassword = "a long enough password 7";

    public HttpClient Http => http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A client of the administrator.</summary>
    public static async Task<RestClient> AdminAsync(TestServer server) => Of(server, await TokenAsync(server, TestServer.Admin));

    public static RestClient Of(TestServer server, string? token = null)
    {
        var http = server.Browser();
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new(http);
    }

    public static async Task<string> TokenAsync(TestServer server, string name, string? role = null) =>
        await server.Get<ApiTokens>().CreateAsync(await server.AdminAsync(), (await server.AccountAsync(name)).Id, "test", TimeSpan.FromDays(1), role, Token);

    /// <summary>A user who was given roles on objects, and a client of theirs.</summary>
    public static async Task<RestClient> UserAsync(TestServer server, string name, params (Role Role, string Pool, XapiObject On)[] grants)
    {
        var admin = await server.AdminAsync();
        var id = await server.Get<UserAdministration>().CreateAsync(admin, new(name, UsersPassword, MustChangePassword: false), Token);
        foreach (var (role, pool, on) in grants)
            await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, role.Id, new AccessScope.OfObject(new(pool, on.Uuid)), Token);
        return Of(server, await TokenAsync(server, name));
    }

    public async Task<RestAnswer> SendAsync(string verb, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(verb), path.StartsWith('/') ? path : $"{Root}/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, Token);
        return new((int)answer.StatusCode, answer.Headers, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(Token));
    }

    public Task<RestAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<RestAnswer> PostAsync(string path, JsonNode? body = null) => SendAsync("POST", path, body);

    /// <summary>Begins an action and waits for its end. Returns the task.</summary>
    public async Task<JsonObject> DoAsync(string path, JsonNode? body = null)
    {
        var begun = await PostAsync(path, body);
        Assert.True(begun.Status == 202, $"{path}: {begun.Status} {begun.Text}");
        Assert.Equal($"{Root}/tasks/{begun.Json["taskId"]}", begun.Headers.Location!.OriginalString);
        return (await GetAsync(begun.Headers.Location.OriginalString + "?wait=true")).Json.AsObject();
    }

    public void Dispose() => http.Dispose();
}

internal sealed record RestAnswer(int Status, HttpResponseHeaders Headers, string? Type, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
}
