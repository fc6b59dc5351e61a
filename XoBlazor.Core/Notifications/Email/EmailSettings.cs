using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MimeKit;

namespace XoBlazor.Core.Notifications.Email;

/// <summary>The mail server, and as who it is used. Immutable.</summary>
internal sealed partial record EmailSettings
{
    public required string Host { get; init; }

    public int Port { get; init; } = 587;

    public EmailSecurity Security { get; init; }

    /// <summary>Null for a server that asks for no name.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The sender, such as <c>xo@example.org</c> or <c>XoBlazor &lt;xo@example.org&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>SHA-256 of the one certificate that is taken from the server whoever vouches for it, in hexadecimal digits; null for any that this machine trusts.</summary>
    public string? Certificate { get; init; }

    /// <summary>From a configuration that fits the schema of the plugin.</summary>
    public static EmailSettings Of(JsonObject configuration)
    {
        var security = (string?)configuration["security"] switch { "tls" => EmailSecurity.Tls, "none" => EmailSecurity.None, _ => EmailSecurity.StartTls };
        return new()
        {
            Host = Text("host") ?? "",
            Port = (int?)configuration["port"] ?? security switch { EmailSecurity.StartTls => 587, EmailSecurity.Tls => 465, EmailSecurity.None => 25 },
            Security = security,
            User = Text("user"),
            Password = (string?)configuration["password"],
            From = Text("from") ?? "",
            Certificate = Text("certificate"),
        };

        string? Text(string name) => ((string?)configuration[name])?.Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Null when mail can be sent by it.</summary>
    public string? Fault() =>
        Host.Length is 0 or > 253 || Uri.CheckHostName(Host) == UriHostNameType.Unknown ? "Name the mail server, such as mail.example.org."
        : Port is < 1 or > 65535 ? "A port lies between 1 and 65535; 587 is usual for STARTTLS, 465 for TLS, 25 for none."
        : EmailAddresses.Read(From) is null ? "The sender is an e-mail address, such as xo@example.org."
        : User is { Length: > 0 } && Password is null or "" ? "Enter the password that belongs to the name, or leave both empty."
        : User is { Length: > 0 } && Security == EmailSecurity.None ? "A name and password are not sent without encryption. Choose STARTTLS or TLS."
        : Certificate is { Length: > 0 } pin && !Fingerprint().IsMatch(Digits(pin)) ? "The accepted certificate is given by its SHA-256: 64 hexadecimal digits."
        : null;

    internal static string Digits(string fingerprint) => fingerprint.Replace(":", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Fingerprint();
}

/// <summary>E-mail addresses as people write them.</summary>
internal static class EmailAddresses
{
    private const int Longest = 320;

    /// <summary>Null for what is no one address. Nothing that could end a line gets through.</summary>
    public static MailboxAddress? Read(string text) =>
        text.Length <= Longest && !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var address) && address.Address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < address.Address.Length - 1
            && address.Address.LastIndexOf('@') == at && !address.Address.Any(letter => char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';') ? address : null;
}
