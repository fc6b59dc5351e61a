using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using XoBlazor.App.Api.Rest.SignIn;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;
using RateLimit = XoBlazor.App.Api.Limits.RateLimit;

namespace XoBlazor.App.Api.Plugins;

/// <summary>
/// Requests that plugins answer, below <c>/plugins/ID/</c>: for whoever is signed in, by the console's cookie or an API token, and for everybody only where that was accepted. A plugin gets neither
/// cookies nor tokens, and what it answers is shut into a sandbox by the browser: it is of our origin in name only. Bounded in size, time and number. Safe from any thread.
/// </summary>
internal sealed class PluginRoutes(PluginFleet fleet, TimeProvider time)
{
    private const int MostBytes = 1024 * 1024;
    private const int MostHeaders = 60;
    private const int LongestHeader = 8192;
    private const int LongestPath = 1000;
    private const int LongestQuery = 4000;
    private const int MostAtOnce = 16;
    private const int MostAddresses = 10_000;

    private const string Sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    // What a plugin has no business with, and what frames the message.
    private static readonly string[] s_notPassed = ["authorization", "cookie", "forwarded", "x-real-ip", "connection", "upgrade", "te", "trailer", "transfer-encoding", "keep-alive", "content-length", "host"];

    // What a plugin may say about its answer; cookies, policies and other origins' rights are ours.
    private static readonly string[] s_taken = ["content-type", "content-disposition", "content-language", "cache-control", "etag", "last-modified", "retry-after", "location"];

    private static readonly string[] s_loaded = ["script", "css", "wasm"];

    private readonly ConcurrentDictionary<string, RateLimit> _ofAddress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RateLimit> _ofPlugin = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder site) => site.Map("/plugins/{plugin}/{**path}", ServeAsync).AllowAnonymous().WithDisplayName("routes of plugins");

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        var (plugin, path) = ((string)context.GetRouteValue("plugin")!, context.GetRouteValue("path") as string ?? "");
        var route = !IsPlain(path) ? default : fleet.Having<RouteWant>().FirstOrDefault(one => one.Plugin.Settings.Id == plugin && one.Want.Includes(context.Request.Method, path));
        if (!Limit(_ofAddress, context.Connection.RemoteIpAddress?.ToString() ?? "", 20, 100).TryTake())
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests from this address. Slow down and try again.");
            return;
        }

        Actor? user = null;
        if (route.Want is not { IsPublic: true } && (user = await UserAsync(context)) is null)
            return;
        if (route.Want is null)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "No plugin that is loaded answers this here.");
            return;
        }

        var turns = _turns.GetOrAdd(plugin, static _ => new(MostAtOnce));
        if (!Limit(_ofPlugin, plugin, 100, 300).TryTake() || !turns.Wait(0, CancellationToken.None))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "This plugin is asked more than it may be. Try again later.");
            return;
        }

        try
        {
            await AskAsync(context, plugin, path, user);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Who is signed in; for nobody that has been answered. Who changes something with the console's cookie has to say that it comes from our pages.</summary>
    private static async Task<Actor?> UserAsync(HttpContext context)
    {
        var isByToken = context.Request.Headers.Authorization.Count > 0 || context.User.Identity?.IsAuthenticated != true;
        var scheme = isByToken ? RestAuthentication.Name : IdentityConstants.ApplicationScheme;
        var found = await context.AuthenticateAsync(scheme);
        if (!found.Succeeded)
        {
            await context.ChallengeAsync(isByToken && context.Request.Headers.Authorization.Count == 0 && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) ? IdentityConstants.ApplicationScheme : scheme);
            return null;
        }

        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (changes && context.Request.Headers.Authorization.Count == 0 && context.Request.Headers.Origin.Count == 0)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "A request that is signed in by a cookie has to say its origin. Send a token as Authorization: Bearer instead.");
            return null;
        }

        return ActorOf.Principal(found.Principal);
    }

    // One address has one spelling: what is escaped, or leads up, could mean another to the plugin than to us.
    private static bool IsPlain(string path) => path.Length <= LongestPath && !path.Any(letter => char.IsControl(letter) || letter is '\\' or '%') && !path.Split('/').Any(part => part is "." or "..");

    private async Task AskAsync(HttpContext context, string plugin, string path, Actor? user)
    {
        var request = context.Request;
        if (request.QueryString.Value is { Length: > LongestQuery })
        {
            await RefuseAsync(context, StatusCodes.Status414UriTooLong, "The address is too long.");
            return;
        }

        try
        {
            if (await ReadAsync(context) is not { } body)
            {
                await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"At most {MostBytes / 1024} KiB are taken here.");
                return;
            }

            var asked = new JsonObject
            {
                ["method"] = request.Method,
                ["path"] = path,
                ["query"] = request.QueryString.Value ?? "",
                ["headers"] = new JsonObject(request.Headers.Where(header => IsPassed(header.Key)).Take(MostHeaders).Where(header => header.Value.ToString().Length <= LongestHeader)
                    .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), (JsonNode?)header.Value.ToString()))),
                ["user"] = user is null ? null : new JsonObject { ["id"] = user.Id, ["name"] = user.Name },
            };
            if (Text(body) is { } text)
                asked["body"] = text;
            else
                asked["base64"] = Convert.ToBase64String(body);
            await WriteAsync(context, plugin, await fleet.AskAsync(plugin, "http.request", asked, s_patience, context.RequestAborted));
        }
        catch (PluginException failed)
        {
            await RefuseAsync(context, StatusCodes.Status502BadGateway, ForeignText.Shown(failed.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    private static async Task WriteAsync(HttpContext context, string plugin, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            throw new PluginException("The plugin answered with something that is no answer to a request.");
        var status = answer.TryGetProperty("status", out var said) && said.ValueKind == JsonValueKind.Number && said.TryGetInt32(out var number) && number is >= 200 and <= 599 ? number : StatusCodes.Status200OK;
        var body = Body(answer);
        if (body.Length > MostBytes)
            throw new PluginException($"The plugin answered with more than {MostBytes / 1024} KiB.");
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (answer.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
            foreach (var header in headers.EnumerateObject().Take(MostHeaders))
                if (header.Value.ValueKind == JsonValueKind.String && header.Value.GetString() is { Length: <= LongestHeader } value && !value.Any(letter => char.IsControl(letter) || letter > '~') && IsTaken(header.Name, value, plugin))
                    response.Headers[header.Name] = value;
        // Our own pages load scripts and styles from here: none of a plugin's is to be one, even where somebody smuggles in an address.
        if (s_loaded.Any(kind => response.ContentType?.Contains(kind, StringComparison.OrdinalIgnoreCase) == true))
            response.ContentType = "text/plain; charset=utf-8";
        Shut(response);
        if (status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static bool IsPassed(string name) => !s_notPassed.Contains(name.ToLowerInvariant()) && !name.StartsWith(':')
        && !name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("sec-", StringComparison.OrdinalIgnoreCase);

    // It sends people only to its own addresses.
    private static bool IsTaken(string name, string value, string plugin) => s_taken.Contains(name.ToLowerInvariant())
        && (!name.Equals("location", StringComparison.OrdinalIgnoreCase) || (value.StartsWith($"/plugins/{plugin}/", StringComparison.Ordinal) && !value.Contains("..", StringComparison.Ordinal) && !value.Contains('\\')));

    private static void Shut(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Sandbox;
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static byte[] Body(JsonElement answer)
    {
        if (answer.TryGetProperty("body", out var text) && text.ValueKind == JsonValueKind.String)
            return Encoding.UTF8.GetBytes(text.GetString()!);
        if (!answer.TryGetProperty("base64", out var base64) || base64.ValueKind != JsonValueKind.String)
            return [];
        return base64.TryGetBytesFromBase64(out var bytes) ? bytes : throw new PluginException("The plugin answered with 'base64' that is none.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (status == StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "5";
        Shut(context.Response);
        return context.Response.WriteAsync(words);
    }

    /// <summary>What was sent; null for too much.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes + 1;
        if (context.Request.ContentLength > MostBytes)
            return null;
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MostBytes)
                return null;
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
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

    private RateLimit Limit(ConcurrentDictionary<string, RateLimit> limits, string key, int perSecond, int atOnce)
    {
        // Whoever has many addresses gets around a limit for each anyway; memory is what is kept then.
        if (limits.Count > MostAddresses)
            limits.Clear();
        return limits.GetOrAdd(key, _ => new(perSecond, atOnce, time));
    }
}
