using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XoBlazor.App.Accounts.Oidc;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Oidc.Support;

/// <summary>
/// An OpenID Connect provider on loopback, with keys of its own and one person, who is asked nothing unless <see cref="HasPage"/>. It keeps to the rules (codes count once and for
/// their client, address and verifier) until a test has it lie. Its tokens are put together by hand, so that no library keeps it from lying.
/// </summary>
internal sealed class OidcServer : IAsyncDisposable
{
    public const string Client = "xo-blazor";
    public const string Secret = "s3cret: of the client";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Grant> _codes = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private OidcServer(WebApplication app) => _app = app;

    /// <summary>Without a slash at its end.</summary>
    public string Issuer { get; private set; } = "";

    public OidcKey Key { get; set; } = OidcKey.Rsa("first");

    /// <summary>Keys that it shows, besides the one that it signs with unless <see cref="HidesKey"/>.</summary>
    public IList<OidcKey> OtherKeys { get; } = [];

    public bool HidesKey { get; set; }

    /// <summary>Claims of the person.</summary>
    public JsonObject Person { get; set; } = new()
    {
        ["sub"] = "person-1",
        ["preferred_username"] = "ada",
        ["name"] = "Ada Lovelace",
        ["email"] = "ada@example.test",
        ["email_verified"] = true,
        ["groups"] = new JsonArray("staff", "operators"),
    };

    /// <summary>What the other answer says; null for what the token says.</summary>
    public JsonObject? UserInfo { get; set; }

    /// <summary>Changes of what it says of itself.</summary>
    public Action<JsonObject> Document { get; set; } = static _ => { };

    /// <summary>Changes of claims before they are signed.</summary>
    public Action<JsonObject> Claims { get; set; } = static _ => { };

    /// <summary>Changes of a token's head.</summary>
    public Action<JsonObject> Head { get; set; } = static _ => { };

    /// <summary>Signs in another way than with the key.</summary>
    public Func<byte[], byte[]>? Sign { get; set; }

    /// <summary>Changes of what a browser takes back.</summary>
    public Action<Dictionary<string, string>> Back { get; set; } = static _ => { };

    /// <summary>Whether the person is asked on a page.</summary>
    public bool HasPage { get; set; }

    public bool IsDown { get; set; }

    /// <summary>Every request, as method and path.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>What the last browser was sent with.</summary>
    public IReadOnlyDictionary<string, string> LastQuery { get; private set; } = new Dictionary<string, string>();

    /// <param name="authority">Makes its certificate; plain http without one.</param>
    public static async Task<OidcServer> StartAsync(TestAuthority? authority = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (authority is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (authority is not null)
                listen.UseHttps(authority.IssueWithKey(IPAddress.Loopback));
        }));
        var app = builder.Build();
        var server = new OidcServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Issuer = app.Urls.Single();
        return server;
    }

    public OidcSettings Settings(string label = "Example ID") => new() { Label = label, Issuer = new(Issuer), ClientId = Client, ClientSecret = Secret };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        if (IsDown)
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        }

        return http.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => WriteAsync(http, Describe()),
            "/keys" => WriteAsync(http, new JsonObject { ["keys"] = new JsonArray([.. OtherKeys.Concat(HidesKey ? [] : [Key]).Select(key => key.Public())]) }),
            "/authorize" => AuthorizeAsync(http),
            "/token" => ExchangeAsync(http),
            "/userinfo" => WriteAsync(http, UserInfo ?? (JsonObject)Person.DeepClone()),
            _ => Fail(http, 404, "not_found"),
        };
    }

    private JsonObject Describe()
    {
        var document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
            ["userinfo_endpoint"] = $"{Issuer}/userinfo",
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256", "ES256", "HS256", "none"),
            ["authorization_response_iss_parameter_supported"] = true,
        };
        Document(document);
        return document;
    }

    private Task AuthorizeAsync(HttpContext http)
    {
        var query = LastQuery = http.Request.Query.ToDictionary(one => one.Key, one => one.Value.ToString());
        if (query["client_id"] != Client || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
            return Fail(http, 400, "invalid_request");
        if (HasPage && !query.ContainsKey("allow"))
        {
            http.Response.ContentType = "text/html";
            var fields = string.Concat(query.Select(one => $"<input type=hidden name='{one.Key}' value='{WebUtility.HtmlEncode(one.Value)}'>"));
            return http.Response.WriteAsync($"<!doctype html><html lang=en><title>Example ID</title><h1>Who are you?</h1><form action=/authorize>{fields}<button name=allow value=1>I am Ada</button></form>");
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = new(query["nonce"], query["code_challenge"], query["redirect_uri"]);
        var back = new Dictionary<string, string> { ["code"] = code, ["state"] = query["state"], ["iss"] = Issuer };
        Back(back);
        http.Response.Redirect($"{query["redirect_uri"]}?{string.Join('&', back.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"))}");
        return Task.CompletedTask;
    }

    private async Task ExchangeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(Client)}:{Uri.EscapeDataString(Secret).Replace("%20", "+", StringComparison.Ordinal)}"))}";
        var isClient = http.Request.Headers.Authorization == basic || (form["client_id"] == Client && form["client_secret"] == Secret);
        if (!isClient)
            await Fail(http, 401, "invalid_client");
        else if (!_codes.TryRemove(form["code"].ToString(), out var grant) || grant.Callback != form["redirect_uri"]
            || grant.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))))
            await Fail(http, 400, "invalid_grant");
        else
            await WriteAsync(http, new JsonObject { ["access_token"] = "an access token", ["token_type"] = "Bearer", ["id_token"] = TokenFor(grant.Nonce) });
    }

    private string TokenFor(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = (JsonObject)Person.DeepClone();
        (claims["iss"], claims["aud"], claims["nonce"]) = (Issuer, Client, nonce);
        (claims["iat"], claims["exp"], claims["auth_time"]) = (now, now + 300, now);
        Claims(claims);
        var head = new JsonObject { ["alg"] = Key.Algorithm, ["kid"] = Key.Id, ["typ"] = "JWT" };
        Head(head);
        var signed = $"{Encode(head)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Base64Url.EncodeToString(Sign is null ? Key.Sign(bytes) : Sign(bytes))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static Task WriteAsync(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer.ToJsonString());
    }

    private static Task Fail(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        return WriteAsync(http, new JsonObject { ["error"] = error });
    }

    private sealed record Grant(string Nonce, string Challenge, string Callback);
}
