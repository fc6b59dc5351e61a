using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>
/// Says to a simulated pool what was said to the real one, and tells where the answers differ in shape, code or parameters. References,
/// sessions and tokens that one of them made up are translated for the rest of the conversation; times and uuids are not compared.
/// </summary>
internal sealed partial class Replay(Func<Recording, IPEndPoint> hostOf)
{
    private static readonly string[] s_fixed = ["[any]", ".snapshot", ".events[0]", ".valid_ref_counts"];

    private readonly Dictionary<string, string> _translation = [];

    /// <summary>Called before each exchange, to do what was not recorded.</summary>
    public Func<Recording, Replay, CancellationToken, Task>? Before { get; init; }

    public void Translate(string recorded, string own) => _translation[recorded] = own;

    /// <summary>What stands here for something the real host made up.</summary>
    public string Own(string recorded) => _translation.GetValueOrDefault(recorded, recorded);

    /// <summary>Null when the answers agree, else in what they differ.</summary>
    public async Task<string?> PlayAsync(Recording recording, CancellationToken cancellation)
    {
        if (Before is not null)
            await Before(recording, this, cancellation);
        var (status, body) = await SendAsync(recording, cancellation);
        if (status != recording.Status)
            return $"HTTP {recording.Status} expected, {status} received: {Short(body)}";
        if (status == 0)
            return null;
        if (Answer.Parse(recording.Answer) is not { } expected)
            return recording.Status == 200 ? null : ComparePages(recording.Answer, body);
        if (Answer.Parse(body) is not { } actual)
            return $"no RPC answer: {Short(body)}";
        Learn(expected.Result, actual.Result);
        return Compare(expected, actual);
    }

    private static string? ComparePages(string expected, string actual)
    {
        string Page(string html) => ExceptionText().Replace(html, "$1");
        return Page(expected) == Page(actual) ? null : $"{Short(expected)} expected, {Short(actual)} received";
    }

    private static string? Compare(Answer expected, Answer actual)
    {
        if (expected.Envelope != actual.Envelope)
            return $"envelope '{expected.Envelope}' expected, '{actual.Envelope}' received: {string.Join(' ', actual.Failure ?? [Short(actual.Result?.ToJsonString() ?? "")])}";
        if (expected.Failure is { } failure)
            return string.Join(' ', failure.Select(Mask)) == string.Join(' ', actual.Failure!.Select(Mask))
                ? null : $"{string.Join(' ', failure)} expected, {string.Join(' ', actual.Failure!)} received";
        return CompareShape("result", expected.Result, actual.Result, depth: 0);
    }

    private static string? CompareShape(string path, JsonNode? expected, JsonNode? actual, int depth)
    {
        switch (expected, actual)
        {
            case (JsonObject a, JsonObject b):
                if (a.Count > 0 && b.Count > 0 && a.All(p => p.Key.StartsWith("OpaqueRef:", StringComparison.Ordinal)))
                    return CompareShape($"{path}[any]", a.First().Value, b.First().Value, depth + 1);
                // A record has fixed members; a map of texts has those that somebody put there.
                if ((depth == 0 || s_fixed.Any(end => path.EndsWith(end, StringComparison.Ordinal))) && Names(a) != Names(b))
                    return $"{path}: members {Short(Names(a))} expected, {Short(Names(b))} received";
                return a.Where(p => b.ContainsKey(p.Key)).Select(p => CompareShape($"{path}.{p.Key}", p.Value, b[p.Key], depth + 1)).FirstOrDefault(d => d is not null);
            case (JsonArray a, JsonArray b):
                if (depth <= 1 && a.Count == 0 != (b.Count == 0))
                    return $"{path}: {a.Count} elements expected, {b.Count} received";
                return a.Count > 0 && b.Count > 0 ? CompareShape($"{path}[0]", a[0], b[0], depth + 1) : null;
            case (JsonValue a, JsonValue b):
                if (a.GetValueKind() != b.GetValueKind() && !(IsBool(a) && IsBool(b)))
                    return $"{path}: {a.GetValueKind()} expected, {b.GetValueKind()} received";
                return depth == 0 && Mask(a.ToString()) != Mask(b.ToString()) ? $"{path}: {Short(a.ToString())} expected, {Short(b.ToString())} received" : null;
            default:
                return expected?.GetValueKind() == actual?.GetValueKind() ? null : $"{path}: {expected?.GetValueKind()} expected, {actual?.GetValueKind()} received";
        }

        static bool IsBool(JsonValue value) => value.TryGetValue<bool>(out _);

        static string Names(JsonObject map) => Mask(string.Join(' ', map.Select(p => p.Key)));
    }

    /// <summary>Walks both answers side by side and remembers what stands for what.</summary>
    private void Learn(JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonValue a, JsonValue b) when a.GetValueKind() == System.Text.Json.JsonValueKind.String && b.GetValueKind() == System.Text.Json.JsonValueKind.String:
                var (from, to) = (a.GetValue<string>(), b.GetValue<string>());
                if (from != to && MadeUp().IsMatch(from) && MadeUp().IsMatch(to))
                    _translation.TryAdd(from, to);
                break;
            case (JsonObject a, JsonObject b):
                foreach (var (key, value) in a)
                    if (b[key] is { } own)
                        Learn(value, own);
                break;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                    Learn(a[i], b[i]);
                break;
        }
    }

    private static string Mask(string text) => Date().Replace(Hash().Replace(MadeUp().Replace(text, "…"), "…"), "…");

    private string TranslateText(string text) => MadeUp().Replace(text, m => _translation.GetValueOrDefault(m.Value, m.Value));

    private async Task<(int Status, string Body)> SendAsync(Recording recording, CancellationToken cancellation)
    {
        var body = TranslateText(recording.Body);
        // Where the connection was refused nothing was sent; anything will do.
        var head = new StringBuilder(recording.RequestLine.Length > 0 ? TranslateText(recording.RequestLine) : "GET / HTTP/1.1\r\nHost: localhost").Append("\r\n");
        foreach (var (name, value) in recording.Headers)
            head.Append(name).Append(": ").Append(name == "Content-Length" ? $"{Encoding.UTF8.GetByteCount(body)}" : value).Append("\r\n");
        if (!recording.Headers.Any(h => h.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase)))
            head.Append("Connection: close\r\n");
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(hostOf(recording), cancellation);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString()), cancellation);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var answer = await reader.ReadToEndAsync(cancellation);
            var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            return end < 0 ? (0, answer) : (int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), answer[(end + 4)..]);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return (0, "the connection was cut");
        }
    }

    private static string Short(string text) => text.Length > 200 ? text[..200] + "…" : text;

    [GeneratedRegex(@"OpaqueRef:[0-9a-f]{8}-[0-9a-f-]{27}|DummyRef:\|[0-9a-f-]{36}\|[\w.]+|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\d{20},\d{20}")]
    private static partial Regex MadeUp();

    [GeneratedRegex(@"\d{8}T\d\d:\d\d:\d\dZ")]
    private static partial Regex Date();

    [GeneratedRegex("trackid=[0-9a-f]{32}")]
    private static partial Regex Hash();

    /// <summary>The wording of OCaml's parsers behind the kind of exception.</summary>
    [GeneratedRegex(@"(Additional information </h1>\w+(\.\w+)?).*")]
    private static partial Regex ExceptionText();
}
