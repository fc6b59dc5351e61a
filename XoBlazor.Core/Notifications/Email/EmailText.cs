using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;
using XoBlazor.Core.Notifications.Posting;

namespace XoBlazor.Core.Notifications.Email;

/// <summary>Makes the mail of a message: as plain text, and the same as HTML.</summary>
internal static class EmailText
{
    /// <summary>The header by which programs tell repetitions.</summary>
    public const string IdHeader = "X-XoBlazor-Id";

    public static MimeMessage Make(OutgoingMessage message, MailboxAddress from, MailboxAddress to)
    {
        var domain = from.Address[(from.Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var mail = new MimeMessage { Subject = Line($"[XoBlazor] {message.Title}"), MessageId = $"{message.Id:N}@{domain}", Date = message.Time };
        mail.From.Add(from);
        mail.To.Add(to);
        mail.Headers.Add(IdHeader, message.Id.ToString("D"));
        // No holiday notices in return, please.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        // Beginning and end of one thing stand together where mails are sorted by what they answer.
        if (message.Parts is [var only])
            mail.References.Add($"{only.Incident:N}.incident@{domain}");
        mail.Body = new BodyBuilder { TextBody = Plain(message), HtmlBody = Html(message) }.ToMessageBody();
        return mail;
    }

    private static string Plain(OutgoingMessage message)
    {
        var text = new StringBuilder();
        foreach (var part in message.Parts)
        {
            text.Append(part.Title).Append("\r\n");
            if (part.Text.Length > 0)
                text.Append(part.Text.ReplaceLineEndings("\r\n")).Append("\r\n");
            text.Append(Facts(part)).Append("\r\n");
            if (part.Link is { } link)
                text.Append(link).Append("\r\n");
            text.Append("\r\n");
        }

        if (message.More > 0)
            text.Append(CultureInfo.InvariantCulture, $"And {message.More} more.\r\n\r\n");
        return text.Append("-- \r\n").Append(Footer(message)).Append("\r\n").ToString();
    }

    private static string Html(OutgoingMessage message)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Escaped(message.Title)).Append("</title></head><body style=\"font-family:sans-serif;font-size:14px;line-height:1.4\">");
        foreach (var part in message.Parts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"font-size:16px;margin:16px 0 4px;border-left:4px solid {Colour(part)};padding-left:8px\">").Append(Escaped(part.Title)).Append("</h2>");
            if (part.Text.Length > 0)
                html.Append("<p style=\"margin:4px 0 4px 12px\">").Append(Escaped(part.Text).ReplaceLineEndings("<br>")).Append("</p>");
            html.Append("<p style=\"margin:4px 0 4px 12px\">").Append(Escaped(Facts(part)));
            if (part.Link is { } link)
                html.Append(" · <a href=\"").Append(Escaped(link)).Append("\">Open</a>");
            html.Append("</p>");
        }

        if (message.More > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p>And {message.More} more.</p>");
        return html.Append("<hr><p>").Append(Escaped(Footer(message))).Append("</p></body></html>").ToString();
    }

    private static string Facts(OutgoingPart part) => $"{Word(part.Severity)}, {part.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}";

    private static string Footer(OutgoingMessage message) => $"Sent by XoBlazor because of the rule {message.RuleName}. Message {message.Id:D}.";

    private static string Word(NotificationSeverity severity) => severity switch
    {
        NotificationSeverity.Information => "Information",
        NotificationSeverity.Warning => "Warning",
        NotificationSeverity.Critical => "Critical",
    };

    private static string Colour(OutgoingPart part) => part.Severity switch
    {
        NotificationSeverity.Information => part.Kind == NotificationKind.Ended ? "#2e7d32" : "#546e7a",
        NotificationSeverity.Warning => "#b26a00",
        NotificationSeverity.Critical => "#c62828",
    };

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// <summary>One line, whatever stood in it.</summary>
    private static string Line(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
