using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Http;

/// <summary>
/// <c>http.fetch {method, url, headers?, body? | base64?}</c>: requests of plugins to the servers that were accepted, where <see cref="HttpOutWant.Allows"/> lets them stand. Nothing follows
/// redirects: the plugin gets them as answers. No cookies, no proxies; bounded in size, time and number. The first request of a plugin to each server stands in the audit, refused ones as well.
/// Safe from any thread.
/// </summary>
public sealed partial class PluginHttp : IPluginFacility, IDisposable
{
    public const int MostBytes = 1024 * 1024;

    private const int MostHeaders = 50;
    private const int MostAtOnce = 4;
    private const int MostServers = 200;

    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    // What frames the message, or speaks to what is between.
    private static readonly string[] s_ours = ["host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "expect", "keep-alive"];

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    private readonly Func<PluginFleet> _fleet;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly PluginOptions _options;
    private readonly SslClientAuthenticationOptions _tls;
    private readonly ConcurrentDictionary<string, Use> _uses = new(StringComparer.Ordinal);

    public PluginHttp(Func<PluginFleet> fleet, AuditLog audit, IOptions<PluginOptions> options, TimeProvider time)
        : this(fleet, audit, options, time, static (host, token) => Dns.GetHostAddressesAsync(host, token), new())
    {
    }

    internal PluginHttp(
        Func<PluginFleet> fleet, AuditLog audit, IOptions<PluginOptions> options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, SslClientAuthenticationOptions tls) =>
        (_fleet, _audit, _options, _time, _lookUp, _tls) = (fleet, audit, options.Value, time, lookUp, tls);

    public IReadOnlyList<string> Methods => ["http.fetch"];

    public async ValueTask<JsonNode?> AnswerAsync(PluginSettings plugin, string method, JsonElement parameters, CancellationToken token)
    {
        // As it is configured now, not as it was when it was loaded.
        var settings = _fleet().Find(plugin.Id)?.Settings ?? plugin;
        var use = _uses.GetOrAdd(plugin.Id, _ => new(new(_options.MostRequestsPerMinute, _time)));
        if (!use.Pace.TryTake())
            throw new PluginRefusedException(PluginRefusedException.TooMuch, $"More than {_options.MostRequestsPerMinute} requests a minute are not sent for a plugin. Try again later.");
        var address = Address(PluginArguments.Text(parameters, "url", 4000));
        if (plugin.Given.Of<HttpOutWant>().FirstOrDefault(want => want.Includes(address, Configured(settings, want))) is not { } want)
        {
            await TellAsync(plugin, use, address, AuditOutcome.Refused, token);
            throw new PluginRefusedException(PluginRefusedException.NotAccepted, $"Requests to {address.IdnHost}:{address.Port} were not accepted. Name the server under wants.http-out; an administrator accepts it.");
        }

        using var request = Request(parameters, address);
        if (!use.TryBegin())
            throw new PluginRefusedException(PluginRefusedException.TooMuch, $"{MostAtOnce} requests of this plugin are under way. Wait for one of them.");
        try
        {
            if (!await TellAsync(plugin, use, address, AuditOutcome.Succeeded, token))
                throw new PluginRefusedException(PluginRefusedException.TooMuch, $"This plugin has sent requests to {MostServers} servers since this one started; it is not let out to more.");
            return await FetchAsync(use, want, request, address, token);
        }
        finally
        {
            use.End();
        }
    }

    public void Dispose()
    {
        foreach (var use in _uses.Values)
            use.Dispose();
    }

    private static string? Configured(PluginSettings settings, HttpOutWant want) => want.Property is { } property && settings.Configuration is { } configuration
        && JsonNode.Parse(configuration)?[property] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", UserInfo.Length: 0 } && address.IdnHost.Length > 0 ? address
        : throw new PluginRefusedException(PluginRefusedException.InvalidParameters, "'url' has to begin with https:// or http:// and to name a server; names and passwords go into headers.");

    private static HttpRequestMessage Request(JsonElement parameters, Uri address)
    {
        var method = PluginArguments.TextOrNull(parameters, "method", 10) ?? "GET";
        if (!s_methods.Contains(method))
            throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"'method' has to be one of {string.Join(", ", s_methods)}.");
        var (text, base64) = (PluginArguments.TextOrNull(parameters, "body", MostBytes), PluginArguments.TextOrNull(parameters, "base64", MostBytes));
        var request = new HttpRequestMessage(new(method), address);
        if (text is not null || base64 is not null)
            request.Content = new ByteArrayContent(text is not null ? Encoding.UTF8.GetBytes(text) : Bytes(base64!));
        request.Headers.TryAddWithoutValidation("User-Agent", "XoBlazor-plugin/1");
        foreach (var (name, value) in Headers(parameters))
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static IEnumerable<(string, string)> Headers(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("headers", out var headers) || headers.ValueKind == JsonValueKind.Null)
            yield break;
        if (headers.ValueKind != JsonValueKind.Object || headers.EnumerateObject().Count() > MostHeaders)
            throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"'headers' has to be an object of at most {MostHeaders} texts.");
        foreach (var header in headers.EnumerateObject())
        {
            if (header.Value.ValueKind != JsonValueKind.String || !HeaderName().IsMatch(header.Name) || header.Value.GetString() is not { Length: <= 8192 } value || value.Any(letter => letter is < ' ' or > '~'))
                throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"The header '{ForeignText.Shown(header.Name)}' cannot be sent.");
            if (s_ours.Contains(header.Name.ToLowerInvariant()) || header.Name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase))
                throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"The header '{header.Name}' is this server's own matter.");
            yield return (header.Name, value);
        }
    }

    private static byte[] Bytes(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw new PluginRefusedException(PluginRefusedException.InvalidParameters, "'base64' is no Base64.");
        }
    }

    private async Task<JsonNode> FetchAsync(Use use, HttpOutWant want, HttpRequestMessage request, Uri address, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        try
        {
            using var answer = await use.Invoker(want, Handler).SendAsync(request, either.Token);
            var body = await ReadAsync(answer.Content, either.Token);
            var headers = new JsonObject();
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Take(MostHeaders))
                headers[name.ToLowerInvariant()] = string.Join(", ", values) is { Length: > 8192 } value ? value[..8192] : string.Join(", ", values);
            var shape = new JsonObject { ["status"] = (int)answer.StatusCode, ["headers"] = headers };
            if (Text(body) is { } text)
                shape["body"] = text;
            else
                shape["base64"] = Convert.ToBase64String(body);
            return shape;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new PluginRefusedException(PluginRefusedException.Refused, $"{address.IdnHost} did not answer within {s_patience.TotalSeconds:0} seconds.");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw JudgedConnection.RefusalIn<PluginRefusedException>(failed) ?? new PluginRefusedException(PluginRefusedException.Refused, (failed as HttpRequestException)?.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => $"{address.IdnHost} shows a certificate that this server does not trust for that name.",
                HttpRequestError.NameResolutionError => $"The name {address.IdnHost} is not known.",
                _ => $"{address.IdnHost} cannot be reached. Is the address right, and is a firewall between?",
            });
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken token)
    {
        await using var from = await content.ReadAsStreamAsync(token);
        return await BoundedContent.ReadAsync(from, MostBytes, token) is { Length: <= MostBytes } body ? body
            : throw new PluginRefusedException(PluginRefusedException.TooMuch, $"The answer is larger than {MostBytes / 1024} KiB.");
    }

    private static string? Text(byte[] body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Once for each plugin, server and outcome; false when there have been too many.</summary>
    private async Task<bool> TellAsync(PluginSettings plugin, Use use, Uri address, AuditOutcome outcome, CancellationToken token)
    {
        var server = $"{address.IdnHost}:{address.Port}";
        switch (use.TryNote((server, outcome)))
        {
            case true:
                await _audit.AppendAsync(new()
                {
                    Category = AuditCategory.Setting,
                    Action = "plugin.reach",
                    Actor = new(PluginActor.Of(plugin).Actor.Id, plugin.Manifest.Name),
                    Outcome = outcome,
                    Face = PluginActor.Face,
                    Target = new("plugin", null, plugin.Id, plugin.Manifest.Name),
                    Parameters = [new("server", server)],
                    Message = outcome == AuditOutcome.Refused ? $"The plugin asked for {server}, which was not accepted." : null,
                }, token);
                return true;
            case false:
                return true;
            default:
                return false;
        }
    }

    private HttpMessageInvoker Handler(HttpOutWant want) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = _tls,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 64 * 1024,
        // What a name stands for may be another tomorrow.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, stop) => JudgedConnection.OpenAsync(context.DnsEndPoint, _lookUp, address => want.Allows(context.DnsEndPoint.Host, address), NotPublic, stop),
    });

    private static PluginRefusedException NotPublic(string host) =>
        new(PluginRefusedException.Refused, $"{host} is not on the public Internet. Name its address itself under wants.http-out, or a property of the configuration that names it, such as {{url}}.");

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}\z")]
    private static partial Regex HeaderName();

    /// <summary>What one plugin has of it. Each want has connections of its own: what one lets through is not used by another.</summary>
    private sealed class Use(MinutePace pace) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly HashSet<(string Server, AuditOutcome Outcome)> _told = [];
        private readonly Dictionary<string, HttpMessageInvoker> _invokers = new(StringComparer.Ordinal);
        private int _underWay;

        public MinutePace Pace => pace;

        public bool TryBegin()
        {
            lock (_gate)
                return _underWay < MostAtOnce && ++_underWay > 0;
        }

        public void End()
        {
            lock (_gate)
                _underWay--;
        }

        /// <summary>True for what was not noted before, null when it is too much to note.</summary>
        public bool? TryNote((string Server, AuditOutcome Outcome) what)
        {
            lock (_gate)
                return _told.Contains(what) ? false : _told.Count(one => one.Outcome == what.Outcome) >= MostServers ? null : _told.Add(what);
        }

        public HttpMessageInvoker Invoker(HttpOutWant want, Func<HttpOutWant, HttpMessageInvoker> make)
        {
            lock (_gate)
                return _invokers.TryGetValue(want.Text, out var known) ? known : _invokers[want.Text] = make(want);
        }

        public void Dispose()
        {
            lock (_gate)
                foreach (var invoker in _invokers.Values)
                    invoker.Dispose();
        }
    }
}
