using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>Rules as JSON: what the database keeps and programs send. Reading refuses what it does not know, with <see cref="NotificationException"/>.</summary>
public static class RuleText
{
    private const int LongestRule = 64 * 1024;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
        Converters = { new ClassName(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static string Write(NotificationRule rule) => JsonSerializer.Serialize(rule, s_options);

    public static JsonObject Node(NotificationRule rule) => (JsonObject)JsonSerializer.SerializeToNode(rule, s_options)!;

    public static NotificationRule Read(string text)
    {
        if (text.Length > LongestRule)
            throw new NotificationException($"A rule is at most {LongestRule / 1024} KiB long.");
        try
        {
            return JsonSerializer.Deserialize<NotificationRule>(text, s_options) ?? throw new NotificationException("A rule is a JSON object.");
        }
        catch (JsonException wrong)
        {
            throw new NotificationException($"The rule cannot be read at '{wrong.Path ?? "$"}': {Words(wrong)} docs/notifications.md says what a rule is made of.", inner: wrong);
        }
        catch (NotSupportedException wrong)
        {
            throw new NotificationException("The rule cannot be read: a 'kind' is missing or not known. docs/notifications.md says what a rule is made of.", inner: wrong);
        }
    }

    private static string Words(JsonException wrong)
    {
        var words = wrong.Message.Split(" Path: ", 2)[0].ReplaceLineEndings(" ");
        return ForeignText.Shown(words.Length > 300 ? words[..300] + "…" : words);
    }

    /// <summary>Classes under the names they have on the wire.</summary>
    private sealed class ClassName : JsonConverter<XapiClass>
    {
        public override XapiClass Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && XapiCodec.Find(reader.GetString()!) is { } codec ? codec.Class : throw new JsonException("This is no class of XAPI's, such as VM or host.");

        public override void Write(Utf8JsonWriter writer, XapiClass value, JsonSerializerOptions options) => writer.WriteStringValue(XapiCodec.For(value).WireName);
    }
}
