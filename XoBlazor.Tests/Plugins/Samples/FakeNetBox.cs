using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace XoBlazor.Tests.Plugins.Samples;

/// <summary>What NetBox's REST API is for who keeps an inventory: lists with filters and pages, changes of many at once, all or none. On loopback.</summary>
internal sealed class FakeNetBox : IAsyncDisposable
{
    public const string Token = "0123456789abcdef";

    // What may stand there once, or once within another.
    private static readonly Dictionary<string, string[]> s_unique = new()
    {
        ["extras/tags"] = ["slug"],
        ["virtualization/clusters"] = ["name"],
        ["dcim/devices"] = ["name", "site"],
        ["virtualization/virtual-machines"] = ["name", "cluster"],
        ["virtualization/interfaces"] = ["name", "virtual_machine"],
        ["ipam/ip-addresses"] = ["address"],
    };

    // What another is named by comes back as an object.
    private static readonly string[] s_nested = ["cluster", "site", "role", "device_type", "virtual_machine", "type"];

    private readonly Lock _gate = new();
    private readonly HttpListener _listener = new();
    private readonly Task _answering;
    private readonly Dictionary<string, List<JsonObject>> _all = [];
    private int _next = 1;
    private int _writes;

    public FakeNetBox()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/netbox";
        }

        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    public string Url { get; }

    /// <summary>It answers with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Requests that changed something or wanted to.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public JsonObject Add(string path, JsonObject fields)
    {
        lock (_gate)
            return (JsonObject)Added(path, fields).DeepClone();
    }

    public IReadOnlyList<JsonObject> All(string path)
    {
        lock (_gate)
            return [.. List(path).Select(one => (JsonObject)one.DeepClone())];
    }

    public IEnumerable<string> Names(string path, string by = "name") => All(path).Select(one => (string)one[by]!).Order(StringComparer.Ordinal);

    public void Change(string path, int id, string field, string value)
    {
        lock (_gate)
            List(path).Single(one => (int)one["id"]! == id)[field] = value;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var (status, body) = Answer(context.Request, await reader.ReadToEndAsync());
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            try
            {
                if (body is not null)
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));
                context.Response.Close();
            }
            catch (Exception left) when (left is HttpListenerException or IOException or ObjectDisposedException)
            {
                // Whoever asked is gone.
            }
        }
    }

    private (int Status, JsonNode? Body) Answer(HttpListenerRequest request, string text)
    {
        if (IsDown)
            return (503, new JsonObject { ["detail"] = "maintenance" });
        if (request.Headers["Authorization"] != $"Token {Token}")
            return (403, new JsonObject { ["detail"] = "Invalid token" });
        var path = request.Url!.AbsolutePath["/netbox/api/".Length..].TrimEnd('/');
        lock (_gate)
        {
            if (request.HttpMethod == "GET")
                return Page(path, HttpUtility.ParseQueryString(request.Url.Query).Cast<string>().ToDictionary(name => name, name => HttpUtility.ParseQueryString(request.Url.Query)[name]!));
            _writes++;
            var given = JsonNode.Parse(text)!;
            var items = given is JsonArray many ? many.Select(one => one!.AsObject()).ToList() : [given.AsObject()];
            switch (request.HttpMethod)
            {
                case "POST":
                    if (items.Any(item => Clashes(path, item)))
                        return (400, new JsonObject { ["name"] = "must be unique" });
                    var made = items.Select(item => Added(path, (JsonObject)item.DeepClone()).DeepClone()).ToArray();
                    return (201, given is JsonArray ? new JsonArray(made) : made[0]);
                case "PATCH":
                    var changed = items.Select(item => List(path).Single(one => (int)one["id"]! == (int)item["id"]!)).ToList();
                    foreach (var (one, item) in changed.Zip(items))
                        foreach (var (name, value) in Shaped(item))
                            one[name] = value?.DeepClone();
                    return (200, new JsonArray([.. changed.Select(one => one.DeepClone())]));
                default:
                    foreach (var item in items)
                        List(path).RemoveAll(one => (int)one["id"]! == (int)item["id"]!);
                    return (204, null);
            }
        }
    }

    private (int, JsonNode) Page(string path, Dictionary<string, string> query)
    {
        if (query.TryGetValue("tag", out var tag) && !List("extras/tags").Any(one => (string)one["slug"]! == tag))
            return (400, new JsonObject { ["tag"] = "is not one of the choices" });
        var (offset, limit) = (int.Parse(query["offset"], CultureInfo.InvariantCulture), int.Parse(query["limit"], CultureInfo.InvariantCulture));
        var found = List(path).Where(one => query.All(filter => filter.Key switch
        {
            "offset" or "limit" => true,
            "tag" => one["tags"]!.AsArray().Any(has => (string)has!["slug"]! == filter.Value),
            "vminterface_id" => $"{one["assigned_object_id"]}" == filter.Value,
            _ when filter.Key.EndsWith("_id", StringComparison.Ordinal) => $"{one[filter.Key[..^3]]?["id"]}" == filter.Value,
            _ => $"{one[filter.Key]}" == filter.Value,
        })).ToList();
        return (200, new JsonObject { ["count"] = found.Count, ["next"] = "http://elsewhere.example/", ["results"] = new JsonArray([.. found.Skip(offset).Take(Math.Min(limit, 3)).Select(one => one.DeepClone())]) });
    }

    private bool Clashes(string path, JsonObject item) => s_unique.TryGetValue(path, out var unique) && Shaped(item) is var shaped
        && List(path).Any(one => unique.All(field => $"{one[field]?.ToJsonString()}" == $"{shaped[field]?.ToJsonString()}"));

    private JsonObject Added(string path, JsonObject fields)
    {
        var shaped = Shaped(fields);
        shaped["id"] = _next++;
        shaped["tags"] ??= new JsonArray();
        List(path).Add(shaped);
        return shaped;
    }

    private static JsonObject Shaped(JsonObject fields) => new(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)(
        field.Key == "status" ? new JsonObject { ["value"] = field.Value!.DeepClone(), ["label"] = "x" }
        : s_nested.Contains(field.Key) && field.Value is JsonValue ? new JsonObject { ["id"] = field.Value.DeepClone() } : field.Value?.DeepClone()))));

    private List<JsonObject> List(string path) => _all.TryGetValue(path, out var list) ? list : _all[path] = [];
}
