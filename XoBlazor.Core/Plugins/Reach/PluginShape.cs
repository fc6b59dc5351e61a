using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Objects as plugins get them: XAPI's own fields under their names on the wire, and beside them what they are known by. Values under names that tell of secrets are masked.</summary>
internal static class PluginShape
{
    private static readonly string[] s_secrets = ["password", "passwd", "secret", "passphrase", "token", "access_key"];

    private static readonly RecentShapes s_recent = new(512);

    public static JsonObject Of(string pool, XapiObject value)
    {
        var shape = Name(pool, value);
        shape["fields"] = JsonObject.Create(s_recent.Of(value, Fields));
        return shape;
    }

    /// <summary>The same without fields, for what is gone.</summary>
    public static JsonObject Name(string pool, XapiObject value) =>
        new() { ["pool"] = pool, ["class"] = XapiCodec.For(value.Class).WireName, ["uuid"] = value.Uuid, ["ref"] = value.Ref };

    private static JsonElement Fields(XapiObject value)
    {
        var codec = XapiCodec.For(value.Class);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
            codec.Write(writer, value);
        var fields = (JsonObject)JsonNode.Parse(buffer.WrittenSpan)!;
        foreach (var (_, field) in fields)
            if (field is JsonObject map)
                foreach (var key in map.Select(one => one.Key).Where(IsSecret).ToList())
                    map[key] = AuditRecord.Masked;
        return JsonSerializer.SerializeToElement(fields);
    }

    private static bool IsSecret(string key) => s_secrets.Any(secret => key.Contains(secret, StringComparison.OrdinalIgnoreCase));
}
