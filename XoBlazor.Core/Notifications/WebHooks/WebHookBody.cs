using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.Core.Notifications.Posting;

namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>A message as the body of a web hook.</summary>
internal static class WebHookBody
{
    public static byte[] Of(OutgoingMessage message, WebHookFormat format) => Encoding.UTF8.GetBytes((format switch
    {
        WebHookFormat.Json => Json(message),
        WebHookFormat.Office365 => Card(message),
        WebHookFormat.Slack => Slack(message),
    }).ToJsonString());

    private static JsonObject Json(OutgoingMessage message) => new()
    {
        ["id"] = message.Id.ToString("D"),
        ["type"] = "notification",
        ["time"] = OutgoingText.Time(message.Time),
        ["rule"] = OutgoingText.Rule(message),
        ["title"] = message.Title,
        ["severity"] = OutgoingText.Word(message.Severity),
        ["more"] = message.More,
        ["notifications"] = OutgoingText.Parts(message),
    };

    private static JsonObject Card(OutgoingMessage message) => new()
    {
        ["@type"] = "MessageCard",
        ["@context"] = "https://schema.org/extensions",
        ["summary"] = message.Title,
        ["title"] = message.Title,
        ["themeColor"] = message.Severity switch { NotificationSeverity.Information => "546E7A", NotificationSeverity.Warning => "B26A00", NotificationSeverity.Critical => "C62828" },
        // Their cards read Markdown: what stands in names is no markup.
        ["text"] = string.Join("\n\n", message.Parts.Select(part => Escaped(Plain(part), "\\`*_{}[]()#+-!|<>~")).Concat(More(message))),
    };

    private static JsonObject Slack(OutgoingMessage message) => new()
    {
        ["text"] = string.Join("\n\n", message.Parts.Select(part => Plain(part).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)).Concat(More(message))),
    };

    private static string Plain(OutgoingPart part) => string.Join('\n', new[] { part.Title, part.Text, part.Link ?? "" }.Where(line => line.Length > 0));

    private static IEnumerable<string> More(OutgoingMessage message) => message.More > 0 ? [$"And {message.More} more."] : [];

    private static string Escaped(string text, string marks) => string.Concat(text.Select(letter => marks.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : letter == '\n' ? "\n\n" : letter.ToString()));
}
