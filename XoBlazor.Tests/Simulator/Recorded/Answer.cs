using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>
/// What an RPC answer says, whatever protocol it came in: a result or a failure. XML-RPC's typed values are marked with their type, so
/// that a text and a number do not look alike.
/// </summary>
internal sealed record Answer(JsonNode? Result, IReadOnlyList<string>? Failure, string Envelope)
{
    public static Answer? Parse(string body) => body.StartsWith('{') ? ParseJson(body) : body.Contains("<methodResponse>", StringComparison.Ordinal) ? ParseXml(body) : null;

    private static Answer ParseJson(string body)
    {
        var root = JsonNode.Parse(body)!.AsObject();
        var envelope = string.Join(',', root.Select(p => p.Key));
        return root["error"] switch
        {
            JsonArray list => new(null, [.. list.Select(p => p!.GetValue<string>())], $"{envelope} as a list, id {root["id"]}"),
            JsonObject error => new(
                null, [error["message"]!.GetValue<string>(), .. error["data"]!.AsArray().Select(p => p!.GetValue<string>())], $"{envelope} {error["code"]}"),
            _ => new(root["result"], null, envelope),
        };
    }

    private static Answer ParseXml(string body)
    {
        var value = ToNode(XDocument.Parse(body, LoadOptions.PreserveWhitespace).Descendants("value").First());
        if (value is not JsonObject { } outer || outer["Status"] is null)
            return new(value, null, "bare");
        return outer["Status"]!.GetValue<string>() == "Success"
            ? new(outer["Value"]?.DeepClone(), null, "success")
            : new(null, [.. outer["ErrorDescription"]!.AsArray().Select(p => p!.GetValue<string>())], "failure");
    }

    private static JsonNode? ToNode(XElement value)
    {
        if (value.Elements().FirstOrDefault() is not { } typed)
            return JsonValue.Create(value.Value);
        return typed.Name.LocalName switch
        {
            "array" => new JsonArray([.. typed.Element("data")!.Elements("value").Select(ToNode)]),
            "struct" => new JsonObject(typed.Elements("member").Select(m => KeyValuePair.Create(m.Element("name")!.Value, ToNode(m.Element("value")!)))),
            "boolean" => JsonValue.Create(typed.Value == "1"),
            "double" => JsonValue.Create(double.Parse(typed.Value, CultureInfo.InvariantCulture)),
            "i4" => JsonValue.Create(int.Parse(typed.Value, CultureInfo.InvariantCulture)),
            "dateTime.iso8601" => JsonValue.Create($"date {typed.Value}"),
            var other => throw new XmlException($"unexpected type {other}"),
        };
    }
}
