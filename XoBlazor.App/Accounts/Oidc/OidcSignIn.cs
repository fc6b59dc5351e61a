using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>
/// Signs people in with an OpenID Connect provider: the authorization code flow with PKCE. What it needs when a browser comes back, it gives away as a memo and keeps nothing itself. Fails
/// with <see cref="ProviderException"/>. Thread-safe.
/// </summary>
internal sealed class OidcSignIn : IDisposable
{
    private const int LongestCode = 4 * 1024;
    private const int LongestToken = 64 * 1024;

    private readonly OidcSettings _settings;
    private readonly OidcHttp _http;
    private readonly OidcDiscovery _discovery;
    private readonly OidcTokenCheck _check;

    public OidcSignIn(OidcSettings settings, TimeProvider time)
        : this(settings, new OidcHttp(settings, time), time)
    {
    }

    internal OidcSignIn(OidcSettings settings, OidcHttp http, TimeProvider time)
    {
        if (!OidcHttp.IsSafe(settings.Issuer) || settings.Issuer.Query.Length > 0)
            throw new ProviderException($"{settings.Label}: the issuer '{settings.Issuer}' is not an https address without a question mark. Enter it as the provider's own documents write it.");
        (_settings, _http, _discovery, _check) = (settings, http, new(settings, http, time), new(settings, time));
    }

    public OidcSettings Settings => _settings;

    public async Task<RedirectBegun> BeginAsync(RedirectQuestion question, CancellationToken token)
    {
        var provider = await _discovery.GetAsync(token);
        var memo = new Memo(Random(), Random());
        var parameters = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = _settings.ClientId,
            ["redirect_uri"] = question.Callback.AbsoluteUri,
            ["scope"] = string.Join(' ', _settings.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal)),
            ["state"] = question.State,
            ["nonce"] = memo.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(memo.Verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (question.IsAgain)
            (parameters["prompt"], parameters["max_age"]) = ("login", "0");
        var separator = provider.Authorization.Query.Length > 0 ? '&' : '?';
        return new(new Uri($"{provider.Authorization.AbsoluteUri}{separator}{string.Join('&', parameters.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"))}"), JsonSerializer.Serialize(memo));
    }

    public async Task<RedirectAnswer> CompleteAsync(RedirectReturn back, CancellationToken token)
    {
        var provider = await _discovery.GetAsync(token);
        // Who answers is checked before anything is believed of the answer, and before a code goes anywhere: it might be another provider's.
        if (back.Query.TryGetValue("iss", out var issuer) ? issuer != _settings.Issuer.OriginalString : provider.NamesItself)
            throw new ProviderException($"{_settings.Label}: somebody else answered in its place.");
        if (back.Query.TryGetValue("error", out var error))
            return new RedirectAnswer.Refused(error == "access_denied" ? "it was given up, or you may not use this server. Ask an administrator." : null, $"the provider answers '{SignInAudit.Printable(error)}'.");
        if (!back.Query.TryGetValue("code", out var code) || code.Length is 0 or > LongestCode || back.Memo is null || JsonSerializer.Deserialize<Memo>(back.Memo) is not { } memo)
            throw new ProviderException($"{_settings.Label}: the browser came back without a code.");

        var answer = await ExchangeAsync(provider, code, memo.Verifier, back.Question.Callback, token);
        if (OidcTokenCheck.Text(answer, "id_token") is not { Length: > 0 and <= LongestToken } text)
            throw new ProviderException($"{_settings.Label}: the provider gives no ID token. Is the scope openid allowed for this client?");
        if (_check.LacksKey(text, provider))
            provider = await _discovery.RenewKeysAsync(provider, token);
        var claims = await _check.CheckAsync(text, provider, memo.Nonce);
        return OidcPerson.Read(_settings, _settings.AsksUserInfo ? [claims, await UserInfoAsync(provider, answer, claims, token)] : [claims]);
    }

    /// <summary>Where people sign out there, too; null where that is not offered.</summary>
    public async Task<Uri?> SignOutAsync(Uri back, CancellationToken token)
    {
        if (!_settings.OffersSignOut || (await _discovery.GetAsync(token)).EndSession is not { } at)
            return null;
        return new($"{at.AbsoluteUri}{(at.Query.Length > 0 ? '&' : '?')}client_id={Uri.EscapeDataString(_settings.ClientId)}&post_logout_redirect_uri={Uri.EscapeDataString(back.AbsoluteUri)}");
    }

    /// <summary>Asks the provider what it says of itself, and returns that in words.</summary>
    public async Task<IReadOnlyList<string>> TestAsync(CancellationToken token)
    {
        var provider = await _discovery.GetAsync(token);
        return
        [
            $"{_settings.Issuer.OriginalString} answers and names itself as entered.",
            $"People sign in at {provider.Authorization.GetLeftPart(UriPartial.Path)}; codes are changed at {provider.Token.GetLeftPart(UriPartial.Path)}{(provider.TakesSecretInForm ? ", with the secret in the form" : "")}.",
            $"It has {provider.SigningKeys.Length} {(provider.SigningKeys.Length == 1 ? "key" : "keys")} to sign with{(provider.Algorithms.IsEmpty ? "" : $", and signs by {string.Join(", ", provider.Algorithms.Take(10).Select(SignInAudit.Printable))}")}.",
            provider.UserInfo is null ? "It has no address to ask for more claims." : _settings.AsksUserInfo ? "More claims are asked for." : "More claims could be asked for, and are not.",
            provider.EndSession is null ? "It has no address to sign out at." : _settings.OffersSignOut ? "People who sign out are offered to sign out there, too." : "People could sign out there, too, and are not offered to.",
            "Whether it knows this client and its secret, only a sign-in shows.",
        ];
    }

    public void Dispose()
    {
        _discovery.Dispose();
        _http.Dispose();
    }

    private Task<JsonElement> ExchangeAsync(OidcMetadata provider, string code, string verifier, Uri callback, CancellationToken token)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback.AbsoluteUri,
            ["code_verifier"] = verifier,
        };
        if (_settings.ClientSecret is { Length: > 0 } secret && !provider.TakesSecretInForm)
            return _http.PostAsync(provider.Token, form, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Form(_settings.ClientId)}:{Form(secret)}")), token);
        form["client_id"] = _settings.ClientId;
        if (_settings.ClientSecret is { Length: > 0 } inForm)
            form["client_secret"] = inForm;
        return _http.PostAsync(provider.Token, form, null, token);
    }

    private async Task<JsonElement> UserInfoAsync(OidcMetadata provider, JsonElement answer, JsonElement claims, CancellationToken token)
    {
        if (provider.UserInfo is not { } at || OidcTokenCheck.Text(answer, "access_token") is not { Length: > 0 and <= LongestToken } access || access.Any(char.IsControl))
            throw new ProviderException($"{_settings.Label}: the provider cannot be asked for more claims. Turn that off in the settings.");
        var more = await _http.GetAsync(at, access, token);
        return OidcTokenCheck.Text(more, "sub") == OidcTokenCheck.Text(claims, "sub") ? more : throw new ProviderException($"{_settings.Label}: asked for more claims, it answers with those of somebody else.");
    }

    // As OAuth 2 wants it, before the two are put together.
    private static string Form(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private sealed record Memo(string Nonce, string Verifier);
}
