using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>
/// What a provider says of itself and the keys that it signs with: read once an hour, and the keys sooner when a token names one that is not among them, though not at every such token. A
/// provider that fails rests for a growing while. Fails with <see cref="ProviderException"/>. Thread-safe.
/// </summary>
internal sealed class OidcDiscovery(OidcSettings settings, OidcHttp http, TimeProvider time) : IDisposable
{
    private const int MostKeys = 100;
    private const int ShortestRsa = 2048;

    private static readonly TimeSpan s_life = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_keyPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_firstRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Known? _known;
    private (DateTimeOffset Until, TimeSpan Length, string Why)? _rest;

    public async Task<OidcMetadata> GetAsync(CancellationToken token)
    {
        if (_known is { } known && known.Read + s_life > time.GetUtcNow())
            return known.Metadata;
        await _one.WaitAsync(token);
        try
        {
            return _known is { } meanwhile && meanwhile.Read + s_life > time.GetUtcNow() ? meanwhile.Metadata : await ReadRestedAsync(token);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The same with keys that are as new as they may be, for a token that names one that is not there.</summary>
    public async Task<OidcMetadata> RenewKeysAsync(OidcMetadata before, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            if (_known is not { } known)
                return before;
            if (!ReferenceEquals(known.Metadata, before) || known.KeysRead + s_keyPause > time.GetUtcNow())
                return known.Metadata;
            _known = known with { KeysRead = time.GetUtcNow() };
            var next = before with { SigningKeys = await KeysAsync(before.Keys, token) };
            _known = known with { Metadata = next, KeysRead = time.GetUtcNow() };
            return next;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // Without this, each sign-in would wait anew for a provider that does not answer.
    private async Task<OidcMetadata> ReadRestedAsync(CancellationToken token)
    {
        if (_rest is { } rest && rest.Until > time.GetUtcNow())
            throw new ProviderException($"{rest.Why} It is asked again {rest.Until.UtcDateTime:HH:mm:ss} UTC.");
        try
        {
            var read = await ReadAsync(token);
            (_known, _rest) = (new(read, time.GetUtcNow(), time.GetUtcNow()), null);
            return read;
        }
        catch (ProviderException trouble)
        {
            var length = _rest is { } before ? before.Length * 2 : s_firstRest;
            length = length < s_longestRest ? length : s_longestRest;
            _rest = (time.GetUtcNow() + length, length, trouble.Message);
            throw;
        }
    }

    private async Task<OidcMetadata> ReadAsync(CancellationToken token)
    {
        var at = new Uri($"{settings.Issuer.OriginalString.TrimEnd('/')}/.well-known/openid-configuration");
        var document = await http.GetAsync(at, null, token);
        if (Text(document, "issuer") is var issuer && issuer != settings.Issuer.OriginalString)
            throw new ProviderException($"{settings.Label}: {at} says that its issuer is '{SignInAudit.Printable(issuer)}'. Enter the issuer exactly like that, if it is yours.");
        var methods = Texts(document, "token_endpoint_auth_methods_supported");
        var keys = Address(document, "jwks_uri");
        return new()
        {
            Authorization = Address(document, "authorization_endpoint"),
            Token = Address(document, "token_endpoint"),
            Keys = keys,
            UserInfo = document.TryGetProperty("userinfo_endpoint", out _) ? Address(document, "userinfo_endpoint") : null,
            EndSession = document.TryGetProperty("end_session_endpoint", out _) ? Address(document, "end_session_endpoint") : null,
            NamesItself = document.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True,
            TakesSecretInForm = !methods.IsEmpty && !methods.Contains("client_secret_basic") && methods.Contains("client_secret_post"),
            Algorithms = Texts(document, "id_token_signing_alg_values_supported"),
            SigningKeys = await KeysAsync(keys, token),
        };
    }

    private async Task<ImmutableArray<SecurityKey>> KeysAsync(Uri at, CancellationToken token)
    {
        var document = await http.GetAsync(at, null, token);
        JsonWebKeySet set;
        try
        {
            set = new JsonWebKeySet(document.GetRawText());
        }
        catch (ArgumentException broken)
        {
            throw new ProviderException($"{settings.Label}: {at} has no set of keys.", broken);
        }
        // A secret of both sides has no place in public, and a key that anybody can break proves nothing.
        var usable = set.Keys.Take(MostKeys).Where(key => key.Use is null or "" or "sig" && (key.Kty == "EC" || (key.Kty == "RSA" && key.KeySize >= ShortestRsa))).ToImmutableArray<SecurityKey>();
        return usable.IsEmpty ? throw new ProviderException($"{settings.Label}: {at} has no key to check signatures with (RSA of {ShortestRsa} bits or more, or EC).") : usable;
    }

    private Uri Address(JsonElement document, string name) => Uri.TryCreate(Text(document, name), UriKind.Absolute, out var address) && OidcHttp.IsSafe(address)
        ? address : throw new ProviderException($"{settings.Label}: its '{name}' is missing, or not an https address.");

    private static string? Text(JsonElement document, string name) => document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement document, string name) => document.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
        ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)] : [];

    private sealed record Known(OidcMetadata Metadata, DateTimeOffset Read, DateTimeOffset KeysRead);
}
