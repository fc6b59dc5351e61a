using System.Text.Json;
using System.Text.RegularExpressions;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>One exchange with a real host: what was sent and what came back.</summary>
internal sealed partial record Recording(string File, string Name, string Note, string RequestLine, (string Name, string Value)[] Headers, string Body, string? StatusLine, string Answer)
{
    /// <summary>Zero when the connection ended without an answer.</summary>
    public int Status => StatusLine is null ? 0 : int.Parse(StatusCode().Match(StatusLine).Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>All exchanges whose file begins so, in the order they were made.</summary>
    public static IReadOnlyList<Recording> Load(string prefix) =>
    [
        .. Directory.EnumerateFiles(SharedData.Path("data", "xapi-wire"), $"{prefix}-*.json").Order(StringComparer.Ordinal).Select(Read),
    ];

    private static Recording Read(string path)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
        var root = document.RootElement;
        var request = root.GetProperty("request");
        var response = root.GetProperty("response");
        var hasAnswer = response.ValueKind == JsonValueKind.Object && response.TryGetProperty("line", out var line) && line.ValueKind == JsonValueKind.String;
        return new(
            Path.GetFileNameWithoutExtension(path), Text(root, "name"), Text(root, "note"), Text(request, "line"),
            request.TryGetProperty("headers", out var headers) ? [.. headers.EnumerateArray().Select(h => (h[0].GetString()!, h[1].GetString()!))] : [], Text(request, "body"),
            hasAnswer ? response.GetProperty("line").GetString() : null, hasAnswer ? Text(response, "body") : "");
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@"\b\d{3}\b")]
    private static partial Regex StatusCode();
}
