using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Options;

namespace XoBlazor.Core.Transfers.Remote;

/// <summary>
/// Files of other servers, fetched for somebody who names their address. Whoever does must not reach through us what only we reach: a server's name is looked up once, all its
/// addresses have to be public or allowed (<see cref="RemoteFileOptions"/>), and the connection goes to the very address that was judged; each redirect is judged anew. No
/// cookies; a proxy and credentials only where an administrator chose them (<see cref="RemoteAccess"/>). Safe from any thread.
/// </summary>
public sealed class RemoteFiles
{
    private const int MostRedirects = 5;

    /// <summary>How long a server may take to answer; the file itself is as slow as it is.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<IPNetwork> _allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly SslClientAuthenticationOptions _tls;
    private readonly TimeProvider _time;

    public RemoteFiles(IOptions<RemoteFileOptions> options, TimeProvider time)
        : this(options.Value.Allowed, static (host, token) => Dns.GetHostAddressesAsync(host, token), time, new())
    {
    }

    internal RemoteFiles(IEnumerable<IPNetwork> allowed, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, TimeProvider time, SslClientAuthenticationOptions tls) =>
        (_allowed, _lookUp, _time, _tls) = ([.. allowed], lookUp, time, tls);

    /// <summary>Begins to fetch. Fails with <see cref="RemoteFileException"/>, or as <paramref name="token"/> is cancelled.</summary>
    public Task<RemoteFile> OpenAsync(string address, CancellationToken token) => OpenAsync(address, RemoteAccess.Plain, token);

    /// <summary>The same, with what an administrator chose for this kind of file.</summary>
    public async Task<RemoteFile> OpenAsync(string address, RemoteAccess access, CancellationToken token)
    {
        var at = RemoteAddress.Read(address);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = access.Proxy is not null,
            Proxy = access.Proxy is { } proxy ? new WebProxy(proxy) { Credentials = access.ProxyCredential } : null,
            SslOptions = _tls,
            ConnectCallback = (context, stop) => context.DnsEndPoint is var there && access.Names(there.Host, there.Port)
                ? JudgedConnection.OpenAsync(there, _lookUp, static _ => true, NotAllowed, stop) : JudgedConnection.OpenAsync(there, _lookUp, IsAllowed, NotAllowed, stop),
        };
        var http = new HttpMessageInvoker(handler);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                if (access.Proxy is not null && IPAddress.TryParse(at.IdnHost, out var literal) && !IsAllowed(literal) && !access.Names(at.IdnHost, at.Port))
                    throw NotAllowed(at.IdnHost);
                var answer = await AskAsync(http, at, access, token);
                if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308)
                {
                    using (answer)
                        at = Next(at, answer, redirects);
                    continue;
                }

                if (answer.StatusCode == HttpStatusCode.OK)
                    return new(await answer.Content.ReadAsStreamAsync(token), answer.Content.Headers.ContentLength, answer, http);
                using (answer)
                    throw new RemoteFileException($"{at.IdnHost} answered {(int)answer.StatusCode} in place of the file. Is the address right, and may everybody fetch it?") { Status = answer.StatusCode, Address = at };
            }
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMessageInvoker http, Uri at, RemoteAccess access, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        using var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.Authorization = access.Credentials(at);
        try
        {
            return await http.SendAsync(request, either.Token);
        }
        catch (Exception refused) when (JudgedConnection.RefusalIn<RemoteFileException>(refused) is { } words)
        {
            throw words;
        }
        catch (HttpRequestException failed)
        {
            throw new RemoteFileException(failed.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => $"{at.IdnHost} shows a certificate that this server does not trust for that name.",
                HttpRequestError.ProxyTunnelError => $"The proxy {access.Proxy?.IdnHost} does not let us through to {at.IdnHost}. Does it want a name and a password?",
                _ => $"{at.IdnHost} cannot be reached. Is the address right, and is a firewall{(access.Proxy is { } proxy ? $" between, or the proxy {proxy.IdnHost} down" : " between")}?",
            }, failed);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new RemoteFileException($"{at.IdnHost} does not answer. Is the address right, and is a firewall between?");
        }
    }

    private static Uri Next(Uri at, HttpResponseMessage answer, int redirects)
    {
        if (redirects >= MostRedirects)
            throw new RemoteFileException($"{at.IdnHost} sends us from address to address without end.");
        var next = answer.Headers.Location is { } location ? RemoteAddress.Read(new Uri(at, location).AbsoluteUri) : throw new RemoteFileException($"{at.IdnHost} sends us elsewhere without saying where.");
        return at.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps
            ? throw new RemoteFileException($"{at.IdnHost} sends us from https to http, where anybody on the way could change the file.") : next;
    }

    private bool IsAllowed(IPAddress address) => PublicAddresses.Contains(address) || _allowed.Any(network => network.Contains(PublicAddresses.Plain(address)));

    private static RemoteFileException NotAllowed(string host) =>
        new($"{host} is not on the public Internet; files are fetched from other networks only where an administrator allows them (Transfers:AllowedNetworks).");
}
