using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>
/// What is asked of a provider's servers: https, or http on this machine; the issuer's own server and those an administrator named may lie anywhere, all others, which the provider's
/// answers name, only on the public Internet. No redirects, cookies or proxies; bounded in size and time. Fails with <see cref="ProviderException"/>. Thread-safe.
/// </summary>
internal sealed partial class OidcHttp : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private const int DeepestJson = 32;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly OidcSettings _settings;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly TimeProvider _time;
    private readonly X509Certificate2Collection? _authorities;
    private readonly HttpMessageInvoker _http;

    public OidcHttp(OidcSettings settings, TimeProvider time)
        : this(settings, time, static (host, token) => Dns.GetHostAddressesAsync(host, token))
    {
    }

    internal OidcHttp(OidcSettings settings, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
    {
        (_settings, _time, _lookUp, _authorities) = (settings, time, lookUp, Authorities(settings));
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 64,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Chain() },
            ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, stop),
        });
    }

    /// <summary>Whether an address may be asked at all, or a browser be sent there.</summary>
    public static bool IsSafe(Uri address) => address.IsAbsoluteUri && address.UserInfo.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    public Task<JsonElement> GetAsync(Uri address, string? bearer, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null)
            request.Headers.Authorization = new("Bearer", bearer);
        return AskAsync(request, token);
    }

    /// <summary>Posts a form.</summary>
    /// <param name="basic">What proves the client in a header; null where the form has it.</param>
    public Task<JsonElement> PostAsync(Uri address, IReadOnlyDictionary<string, string> form, string? basic, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        if (basic is not null)
            request.Headers.Authorization = new("Basic", basic);
        return AskAsync(request, token);
    }

    public void Dispose()
    {
        _http.Dispose();
        foreach (var authority in _authorities ?? [])
            authority.Dispose();
    }

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, CancellationToken token)
    {
        using var owned = request;
        var at = request.RequestUri!;
        if (!IsSafe(at))
            throw Wrong(at, "is no https address");
        request.Headers.Accept.ParseAdd("application/json");
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            var bytes = await ReadAsync(answer, either.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw Wrong(at, $"answers {(int)answer.StatusCode}{Error(bytes)}");
            return JsonElement.Parse(bytes, new() { MaxDepth = DeepestJson, AllowDuplicateProperties = false }) is { ValueKind: JsonValueKind.Object } read ? read : throw Wrong(at, "does not answer with an object of JSON");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw Wrong(at, $"does not answer within {s_patience.TotalSeconds:0} seconds");
        }
        catch (JsonException broken)
        {
            throw Wrong(at, "does not answer with JSON", broken);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw JudgedConnection.RefusalIn<ProviderException>(failed) ?? (failed is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
                ? Wrong(at, "shows a certificate that is not trusted for that name; give its authority's certificate", failed)
                : Wrong(at, "cannot be reached; is the address right, and is a firewall between?", failed));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken token)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(token);
        return await BoundedContent.ReadAsync(stream, MostBytes, token) is { Length: <= MostBytes } bytes ? bytes : throw new IOException($"more than {MostBytes} bytes");
    }

    private ValueTask<Stream> ConnectAsync(DnsEndPoint there, CancellationToken token) =>
        JudgedConnection.OpenAsync(there, _lookUp, address => IsNamed(there.Host) || PublicAddresses.Contains(address), NotPublic, token);

    private ProviderException NotPublic(string host) =>
        new($"{_settings.Label}: {host}, which the provider names, is not on the public Internet. If it is to be asked all the same, add it to the servers of the settings.");

    private bool IsNamed(string host) => host.Equals(_settings.Issuer.IdnHost, StringComparison.OrdinalIgnoreCase) || _settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private X509ChainPolicy Chain()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (_authorities is null)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }

    private static X509Certificate2Collection? Authorities(OidcSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.CaPem))
            return null;
        try
        {
            // A field of one line makes one line of it.
            var all = new X509Certificate2Collection();
            foreach (Match part in Certificate().Matches(settings.CaPem))
                all.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(part.Groups[1].Value)));
            return all.Count > 0 ? all : throw new CryptographicException();
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            throw new ProviderException($"{settings.Label}: the certificate of the authority is no PEM text. Paste it with its lines BEGIN and END CERTIFICATE.", broken);
        }
    }

    // The codes of OAuth 2, which are for developers and hold no secrets.
    private static string Error(byte[] bytes)
    {
        try
        {
            return JsonElement.Parse(bytes, new() { MaxDepth = DeepestJson }) is { ValueKind: JsonValueKind.Object } read && read.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                ? $" ({SignInAudit.Printable(error.GetString())})" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----")]
    private static partial Regex Certificate();

    private ProviderException Wrong(Uri at, string what, Exception? cause = null) => new($"{_settings.Label}: {at.GetLeftPart(UriPartial.Path)} {what}.", cause);
}
