using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>
/// Whether an ID token was made by this provider, for this server, for this very sign-in, just now. The cryptography is the library's; what is asked of a token stands here. Fails with
/// <see cref="ProviderException"/>, whose words say what does not fit.
/// </summary>
internal sealed class OidcTokenCheck(OidcSettings settings, TimeProvider time)
{
    private const int MostBytes = 64 * 1024;
    private const int LongestSubject = 255;

    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan s_oldest = TimeSpan.FromMinutes(10);

    /// <summary>Signatures with a private key that only the provider has: neither none at all, nor one that whoever knows a public key could make.</summary>
    private static readonly string[] s_algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MostBytes, MapInboundClaims = false };

    /// <summary>Whether the token names a key that is not among these.</summary>
    public bool LacksKey(string text, OidcMetadata provider) => Read(text).Kid is { Length: > 0 } kid && !provider.SigningKeys.Any(key => key.KeyId == kid);

    /// <summary>The claims of a token that is right.</summary>
    public async Task<JsonElement> CheckAsync(string text, OidcMetadata provider, string nonce)
    {
        var token = Read(text);
        if (token.IsEncrypted || token.TryGetHeaderValue<object>("crit", out _))
            throw Wrong("is of a kind that this server does not take");
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = provider.Algorithms.IsEmpty ? s_algorithms : s_algorithms.Intersect(provider.Algorithms).ToArray(),
            IssuerSigningKeys = provider.SigningKeys,
            TryAllIssuerSigningKeys = string.IsNullOrEmpty(token.Kid),
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            ValidIssuer = settings.Issuer.OriginalString,
            ValidAudience = settings.ClientId,
            ValidateTokenReplay = false,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, _, _, _) => true,
        });
        if (!result.IsValid)
            throw Wrong(result.Exception switch
            {
                SecurityTokenInvalidAlgorithmException => "is signed in a way that this server does not take",
                SecurityTokenSignatureKeyNotFoundException => "is signed with a key that the provider does not have",
                SecurityTokenInvalidSignatureException => "is not signed by the provider",
                SecurityTokenInvalidIssuerException => "was made by somebody else",
                SecurityTokenInvalidAudienceException => "was made for somebody else",
                _ => "cannot be checked",
            }, result.Exception);

        var claims = JsonElement.Parse(Base64UrlEncoder.Decode(token.EncodedPayload), new() { MaxDepth = 32, AllowDuplicateProperties = false });
        CheckTimes(claims);
        if (Text(claims, "nonce") is not { } told || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(nonce)))
            throw Wrong("was made for another sign-in");
        if (Text(claims, "azp") is { } party ? party != settings.ClientId : token.Audiences.Count() > 1)
            throw Wrong("was made for another program");
        if (Text(claims, "sub") is not { Length: > 0 and <= LongestSubject })
            throw Wrong("does not say whose it is");
        return claims;
    }

    private void CheckTimes(JsonElement claims)
    {
        var now = time.GetUtcNow();
        if (Moment(claims, "exp") is not { } ends || ends + Skew <= now)
            throw Wrong("is over; is the clock of this server right?");
        if (Moment(claims, "nbf") is { } begins && begins - Skew > now)
            throw Wrong("is not valid yet; is the clock of this server right?");
        if (Moment(claims, "iat") is not { } made || made - Skew > now || made + s_oldest + Skew < now)
            throw Wrong("was not made just now; is the clock of this server right?");
    }

    private JsonWebToken Read(string text)
    {
        try
        {
            return text.Length <= MostBytes ? _handler.ReadJsonWebToken(text) : throw Wrong("is too long");
        }
        catch (Exception broken) when (broken is ArgumentException or SecurityTokenException)
        {
            throw Wrong("is none", broken);
        }
    }

    /// <summary>Seconds since 1970 as a moment; null where there are none, or none that can be.</summary>
    public static DateTimeOffset? Moment(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds) : null;

    public static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private ProviderException Wrong(string what, Exception? cause = null) => new($"{settings.Label}: the token {what}.", cause);
}
