using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Data;

namespace XoBlazor.App.Api.Methods;

/// <summary>API tokens. Unlike Xen Orchestra's, a token's id is not the token: what is listed cannot be used.</summary>
internal sealed class TokenMethods(ApiTokens tokens, OwnAccount own) : IApiMethods
{
    private const int LongestName = 200;

    private static readonly ImmutableArray<ApiParameter> s_which =
        [ApiParameter.Object("pattern").Optional, ApiParameter.Texts("tokens").Optional];
    private static readonly TimeSpan s_life = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("token.create", ApiPermission.SignedIn, CreateAsync)
        {
            Description = "create a new authentication token",
            Parameters =
            [
                ApiParameter.Text("description").Optional,
                ApiParameter.Object("client", ApiParameter.Text("id").Described("unique identifier of this client")).Optional.Without("every token is a new one, as only hashes of tokens are kept"),
                ApiParameter.Of("expiresIn", "number", "string").Optional,
            ],
        },
        new("token.set", ApiPermission.SignedIn, SetAsync)
        {
            Description = "changes the description of an authentication token of yours",
            Parameters = [new("description", ApiSchema.Of("null", "string") with { MinLength = 0, IsOptional = true }), ApiParameter.Text("id")],
        },
        new("token.delete", ApiPermission.Of(AdministrationRights.Users), call => DeleteAsync(call, null)) { Description = "delete authentication tokens", Parameters = s_which },
        new("token.deleteOwn", ApiPermission.SignedIn, call => DeleteAsync(call, call.Session!.Account)) { Description = "delete authentication tokens of yours", Parameters = s_which },
        new("user.getAuthenticationTokens", ApiPermission.SignedIn, ListAsync) { Description = "get all the user tokens" },
    ];

    private async ValueTask<ApiResult> CreateAsync(ApiCall call)
    {
        var life = call.Value("expiresIn") switch
        {
            null => s_life,
            { ValueKind: JsonValueKind.Number } number => Duration.OfMilliseconds(number.GetDouble()),
            { } text => Duration.TryParse(text.GetString()!, out var parsed) ? parsed : null,
        };
        if (life is not { } lives)
            throw ApiException.InvalidParameter("expiresIn", $"not a valid duration: {call.Value("expiresIn")}");
        if (lives < s_shortest)
            throw ApiException.InvalidParameter("expiresIn", $"too low expiresIn duration: {call.Value("expiresIn")}; a token lives at least a minute");
        if (lives > ApiTokens.LongestLife)
            throw ApiException.InvalidParameter("expiresIn", $"too high expiresIn duration: {call.Value("expiresIn")}; a token lives at most {ApiTokens.LongestLife.TotalDays:0} days");

        var name = call.TextOrNull("description")?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestName)] : call.Caller.Program is { Length: > 0 } program ? program[..Math.Min(program.Length, LongestName)] : "API";
        // A password has to be proven lately, as on the profile page. A narrower token makes no wider one.
        return call.Session!.SignIn is { } signIn
            ? await own.CreateTokenAsync(call.Requester, signIn, name, lives, null, CancellationToken.None)
            : await tokens.CreateAsync(call.Requester, call.Session.Account, name, lives, call.Requester.Actor.LimitedTo, CancellationToken.None);
    }

    private async ValueTask<ApiResult> SetAsync(ApiCall call)
    {
        var id = IdOf(call.Text("id"));
        var own = await tokens.ListAsync(call.Session!.Account, call.Closed);
        if (own.All(one => one.Id != id))
            throw ApiException.NoSuchObject(call.Text("id"), "authenticationToken");
        if (call.Has("description"))
            await tokens.RenameAsync(call.Requester, id!.Value, call.TextOrNull("description") is { Length: > 0 } name ? name : "API", CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call, Guid? owner)
    {
        var all = await tokens.ListAsync(owner, call.Closed);
        var chosen = new HashSet<Guid>();
        foreach (var text in call.Texts("tokens"))
            chosen.Add(IdOf(text) is { } id && all.Any(one => one.Id == id) ? id : throw ApiException.NoSuchObject(Shown(text), "authenticationToken"));
        if (call.Value("pattern") is { } pattern)
            chosen.UnionWith(all.Where(one => JsonMatch.IsLike(JsonSerializer.SerializeToElement(Shape(one)), pattern)).Select(one => one.Id));
        foreach (var id in chosen)
            await tokens.RevokeAsync(call.Requester, id, CancellationToken.None);
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> ListAsync(ApiCall call) =>
        new JsonArray([.. (await tokens.ListAsync(call.Session!.Account, call.Closed)).Select(Shape)]);

    // By the id that is listed, or by the token itself, which is what clients kept.
    private static Guid? IdOf(string text) => Guid.TryParse(text, out var id) ? id : ApiTokens.IdOf(text);

    // A token that was sent is not sent back in an error.
    private static string Shown(string text) => ApiTokens.IdOf(text)?.ToString("D") ?? text;

    private static JsonNode Shape(ApiToken token)
    {
        var uses = new JsonObject();
        if (token is { LastUsed: { } used, LastAddress: { } address })
            uses[address] = new JsonObject { ["timestamp"] = used.ToUnixTimeMilliseconds() };
        return new JsonObject
        {
            ["created_at"] = token.Created.ToUnixTimeMilliseconds(),
            ["description"] = token.Name,
            ["user_id"] = AccessPolicyFeed.Text(token.AccountId),
            ["expiration"] = token.Expires.ToUnixTimeMilliseconds(),
            ["last_uses"] = uses,
            ["id"] = token.Id.ToString("D"),
        };
    }
}
