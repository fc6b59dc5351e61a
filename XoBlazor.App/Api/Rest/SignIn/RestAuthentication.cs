using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Rest.SignIn;

/// <summary>
/// Who asks of the REST API: an API token as <c>Authorization: Bearer</c> or in the cookie <c>authenticationToken</c> (or <c>token</c>), or name and password as
/// Basic, with <c>?otp=</c> where the account has a second factor. The console's cookie means nothing here.
/// </summary>
internal sealed class RestAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder, ApiSignIn signIn, ApiSessions sessions, BasicSessions basic)
    // Who was refused stands in the audit; a line for each request besides is noise.
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string Name = "rest";

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Whoever is signed in this way.</summary>
    public static readonly AuthorizationPolicy SignedIn = new AuthorizationPolicyBuilder(Name).RequireAuthenticatedUser().Build();

    private static readonly string[] s_cookies = ["authenticationToken", "token"];

    private ApiException? _refused;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            if (await FindAsync(new Caller(Context)) is not { } session)
                return AuthenticateResult.NoResult();
            Context.Features.Set(session);
            var actor = session.Requester.Actor;
            var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, actor.Id), new(ClaimTypes.Name, actor.Name)], Name);
            return AuthenticateResult.Success(new(new(identity), Name));
        }
        catch (ApiException refused)
        {
            _refused = refused;
            return AuthenticateResult.Fail(refused.Message);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // As XO asks for it; a token does as well.
        Response.Headers.WWWAuthenticate = "Basic realm=\"xo\"";
        return RestErrors.WriteAsync(Context, _refused ?? ApiException.InvalidCredentials());
    }

    // What is sent on purpose counts: a wrong one is not made good by a cookie.
    private async Task<ApiSession?> FindAsync(Caller caller)
    {
        if (Request.Headers.Authorization is [{ } sent])
            return sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? await WithTokenAsync(caller, sent[Bearer.Length..].Trim())
                : TryBasic(sent, out var name, out var password) ? await basic.OfAsync(caller, name, password, Request.Query["otp"])
                : throw ApiException.InvalidCredentials();
        return s_cookies.Select(name => Request.Cookies[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } token ? await WithTokenAsync(caller, token) : null;
    }

    private async Task<ApiSession> WithTokenAsync(Caller caller, string token)
    {
        var session = await signIn.WithTokenAsync(caller, token, Context.RequestAborted);
        Response.OnCompleted(() => sessions.CloseAsync(session));
        return session;
    }

    private static bool TryBasic(string sent, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? password)
    {
        (name, password) = (null, null);
        if (!sent.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return false;
        var bytes = new byte[sent.Length];
        if (!Convert.TryFromBase64String(sent[Basic.Length..].Trim(), bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is not [{ Length: > 0 } user, { Length: > 0 } secret])
            return false;
        (name, password) = (user, secret);
        return true;
    }

    private sealed class Caller(HttpContext context) : IApiCaller
    {
        public string Face => RestCall.FaceName;

        public ApiSession? Session => null;

        public IPAddress? Address => context.Connection.RemoteIpAddress;

        public string? Program => context.Request.Headers.UserAgent.ToString();
    }
}
