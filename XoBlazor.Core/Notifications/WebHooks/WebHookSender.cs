using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>
/// Sends messages by POST to addresses that an administrator entered. A server's name is looked up once, all its addresses have to be on the public Internet or allowed, and the
/// connection goes to the very address that was judged; no redirects, no proxies, no cookies; of an answer only the status counts, and little of it is read.
/// </summary>
internal sealed class WebHookSender : IDisposable
{
    private const int MostRead = 64 * 1024;

    private static readonly TimeSpan s_connecting = TimeSpan.FromSeconds(10);
    private static readonly HttpRequestOptionsKey<WebHookSettings> s_settings = new("settings");

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public WebHookSender(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, SslClientAuthenticationOptions tls)
    {
        (_time, _lookUp) = (time, lookUp);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = tls,
            ConnectTimeout = s_connecting,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = MostRead,
            // Each message judges the address anew: what a name stands for, and what is allowed, may be another tomorrow.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, stop) => JudgedConnection.OpenAsync(context.DnsEndPoint, LookUpAsync, address => IsAllowed(address, context.InitialRequestMessage), NotAllowed, stop),
        });
    }

    /// <summary>Ends when the server took it. Fails with <see cref="NotificationException"/>.</summary>
    /// <param name="name">Of the hook.</param>
    public async Task SendAsync(WebHookSettings settings, string name, OutgoingMessage message, CancellationToken token)
    {
        var hook = settings.Find(name) ?? throw new NotificationException($"There is no web hook '{ForeignText.Shown(name)}'. Enter it in Settings → Plugins first.");
        if (new WebHookSettings { Hooks = [hook], AllowedNetworks = settings.AllowedNetworks }.Fault() is { } fault)
            throw new NotificationException(fault);
        var body = WebHookBody.Of(message, hook.Format);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Options.Set(s_settings, settings);
        request.Headers.UserAgent.Add(new("XoBlazor", "1"));
        request.Headers.Add(WebHookSignature.IdHeader, message.Id.ToString("D"));
        var time = WebHookSignature.Time(_time.GetUtcNow());
        request.Headers.Add(WebHookSignature.TimeHeader, time);
        if (hook.Secret is { Length: > 0 } secret)
            request.Headers.Add(WebHookSignature.SignatureHeader, WebHookSignature.Of(secret, time, body));
        try
        {
            using var answer = await _http.SendAsync(request, token);
            if (Refusal(hook, answer.StatusCode) is { } refusal)
                throw refusal;
        }
        catch (HttpRequestException failed)
        {
            throw Worded(failed, hook);
        }
    }

    public void Dispose() => _http.Dispose();

    private static NotificationException? Refusal(WebHook hook, HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => new($"The web hook {hook.Name} answered {(int)status} and sends us elsewhere, where we do not go. Enter the address that it means.", isLasting: true),
        408 or 425 or 429 or >= 500 or < 200 => new($"The web hook {hook.Name} answered {(int)status}. See at its server why."),
        401 or 403 => new($"The web hook {hook.Name} answered {(int)status}: it does not know us. Does it have the same secret?", isLasting: true),
        404 or 410 => new($"The web hook {hook.Name} answered {(int)status}: nothing is at its address any more. Enter the new one.", isLasting: true),
        _ => new($"The web hook {hook.Name} answered {(int)status} and does not take the message. Is the format the one it expects?", isLasting: true),
    };

    private static NotificationException Worded(HttpRequestException failed, WebHook hook)
    {
        if (JudgedConnection.RefusalIn<NotificationException>(failed) is { } refusal)
            return new(refusal.Message, refusal.IsLasting, failed);
        return new(failed.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => $"The server of the web hook {hook.Name} shows a certificate that this machine does not trust for its name.",
            HttpRequestError.NameResolutionError => $"The server's name of the web hook {hook.Name} is not known. Is its address right?",
            _ => $"The server of the web hook {hook.Name} cannot be reached. Is its address right, and is a firewall between?",
        }, inner: failed);
    }

    private static bool IsAllowed(IPAddress address, HttpRequestMessage request) => PublicAddresses.Contains(address)
        || (request.Options.TryGetValue(s_settings, out var settings) && settings.Allowed.Any(network => network.Contains(PublicAddresses.Plain(address))));

    private static NotificationException NotAllowed(string host) =>
        new($"{ForeignText.Shown(host)} is not on the public Internet. If web hooks shall reach it, an administrator adds its address to the allowed networks of Web hooks in Settings → Plugins.");

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken token)
    {
        try
        {
            return await _lookUp(host, token) is { Length: > 0 } addresses ? addresses : throw NotAllowed(host);
        }
        catch (SocketException unknown)
        {
            throw new NotificationException($"The name {ForeignText.Shown(host)} is not known. Is the address right, and does this machine reach its name servers?", inner: unknown);
        }
    }
}
