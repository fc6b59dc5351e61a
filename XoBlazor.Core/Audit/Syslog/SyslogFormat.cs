using System.Globalization;
using System.Text;

namespace XoBlazor.Core.Audit.Syslog;

/// <summary>
/// A record as a syslog message: RFC 5424 §6, framed by octet counting for TLS (RFC 5425 §4.3). Facility 13 (log audit); a refused or failed act is a
/// warning, the rest is informational. The message is the record's JSON, so nothing of it is lost on the way.
/// </summary>
internal static class SyslogFormat
{
    private const int AuditFacility = 13;
    private const int Warning = 4;
    private const int Informational = 6;

    // RFC 5612's number for documentation: no enterprise number is registered for this product.
    private const string ElementId = "audit@32473";

    /// <summary>With its length before it.</summary>
    public static byte[] Frame(AuditEntry entry, string host)
    {
        var message = Message(entry, host, AuditFacility);
        return [.. Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " "), .. message];
    }

    /// <summary>Without.</summary>
    public static byte[] Message(AuditEntry entry, string host, int facility)
    {
        var record = entry.Record;
        var severity = record.Outcome is AuditOutcome.Refused or AuditOutcome.Failed ? Warning : Informational;
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"<{(facility * 8) + severity}>1 {AuditFormat.Text(record.Time)} {Token(host, 255)} xo-blazor {Environment.ProcessId} {Token(record.Action, 32)} ");
        var element = $"[{ElementId} number=\"{entry.Number}\" hash=\"{entry.Hash}\" actor=\"{Value(record.Actor.Name)}\" outcome=\"{record.Outcome}\"] ";

        // The byte order mark says that the message is UTF-8 (RFC 5424 §6.4).
        return [.. Encoding.UTF8.GetBytes(header + element), 0xEF, 0xBB, 0xBF, .. AuditFormat.Write(record)];
    }

    /// <summary>A message that is no record, to try a collector out.</summary>
    public static byte[] Test(DateTimeOffset now, string host, int facility) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<{(facility * 8) + Informational}>1 {AuditFormat.Text(now)} {Token(host, 255)} xo-blazor {Environment.ProcessId} test - This is a test."));

    // Header fields are printable ASCII without spaces.
    private static string Token(string text, int longest)
    {
        var clean = string.Concat(text.Select(letter => letter is > ' ' and < '\x7f' ? letter : '_'));
        return clean.Length == 0 ? "-" : clean[..Math.Min(clean.Length, longest)];
    }

    private static string Value(string text)
    {
        var value = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\' or ']')
                value.Append('\\');
            value.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }
        return value.ToString();
    }
}
