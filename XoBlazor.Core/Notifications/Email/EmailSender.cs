using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Posting;

namespace XoBlazor.Core.Notifications.Email;

/// <summary>Sends messages as e-mail, over one connection each.</summary>
internal static class EmailSender
{
    /// <summary>Ends when the server took it. Fails with <see cref="NotificationException"/>.</summary>
    public static async Task SendAsync(EmailSettings settings, string address, OutgoingMessage message, CancellationToken token)
    {
        if (settings.Fault() is { } fault)
            throw new NotificationException($"The mail server's settings do not work: {fault}");
        var from = EmailAddresses.Read(settings.From)!;
        var to = EmailAddresses.Read(address) ?? throw new NotificationException($"'{ForeignText.Shown(address)}' is no e-mail address.", isLasting: true);
        var certificate = new ServerCertificate(settings);
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = certificate.IsAccepted };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security switch
            {
                EmailSecurity.StartTls => SecureSocketOptions.StartTls,
                EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                EmailSecurity.None => SecureSocketOptions.None,
            }, token);
            if (settings.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", token);
            await client.SendAsync(EmailText.Make(message, from, to), from, [to], token);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw Worded(failed, settings, address, certificate.Problem);
        }

        try
        {
            await client.DisconnectAsync(quit: true, token);
        }
        catch (Exception)
        {
            // The server has taken it; how it says goodbye does not matter.
        }
    }

    private static NotificationException Worded(Exception failed, EmailSettings settings, string address, string? certificate) => failed switch
    {
        _ when certificate is not null => new($"{settings.Host} shows a certificate that is not trusted: {certificate}", inner: failed),
        SslHandshakeException => new($"{settings.Host} does not speak TLS on port {settings.Port}. {(settings.Security == EmailSecurity.Tls ? "Servers that encrypt after STARTTLS usually listen on 587." : "Servers that encrypt from the start usually listen on 465; choose TLS for them.")}", inner: failed),
        NotSupportedException when settings.Security == EmailSecurity.StartTls => new($"{settings.Host} offers no STARTTLS on port {settings.Port}. Use its port for TLS, or ask whoever runs it.", inner: failed),
        NotSupportedException => new($"{settings.Host} asks for no name and password. Leave them empty.", inner: failed),
        AuthenticationException => new($"{settings.Host} does not take the name and password of {ForeignText.Shown(settings.User ?? "")}. Enter them anew.", inner: failed),
        SmtpCommandException { StatusCode: var status } refused => Refused(refused, settings, address, isLasting: (int)status is >= 500 and < 600 && status is not (SmtpStatusCode.AuthenticationRequired or SmtpStatusCode.CommandNotImplemented)),
        ServiceNotAuthenticatedException => new($"{settings.Host} wants a name and password before it takes mail. Enter them.", inner: failed),
        SocketException or IOException => new($"{settings.Host} cannot be reached on port {settings.Port}: {failed.Message} Is the name right, and is a firewall between?", inner: failed),
        ProtocolException => new($"What answers at {settings.Host}, port {settings.Port}, is no mail server, or broke off. Is the port right?", inner: failed),
        _ => new($"{settings.Host} did not take the mail: {ForeignText.Shown(failed.Message)}", inner: failed),
    };

    private static NotificationException Refused(SmtpCommandException refused, EmailSettings settings, string address, bool isLasting) => new(refused.ErrorCode switch
    {
        SmtpErrorCode.RecipientNotAccepted => $"{settings.Host} takes no mail for {ForeignText.Shown(address)}: {Words(refused)}",
        SmtpErrorCode.SenderNotAccepted => $"{settings.Host} takes no mail from {ForeignText.Shown(settings.From)}: {Words(refused)} Change the sender.",
        _ => $"{settings.Host} refuses the mail: {Words(refused)}",
    }, isLasting && refused.ErrorCode != SmtpErrorCode.SenderNotAccepted, refused);

    private static string Words(SmtpCommandException refused)
    {
        var words = ForeignText.Shown($"{(int)refused.StatusCode} {refused.Message}".ReplaceLineEndings(" "));
        return (words.Length > 300 ? words[..300] + "…" : words).TrimEnd('.') + ".";
    }

    /// <summary>What the server showed of itself, and why that was not enough.</summary>
    private sealed class ServerCertificate(EmailSettings settings)
    {
        public string? Problem { get; private set; }

        public bool IsAccepted(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
        {
            if (shown is null)
            {
                Problem = "it shows none.";
                return false;
            }

            var fingerprint = Convert.ToHexStringLower(SHA256.HashData(shown.GetRawCertData()));
            if (settings.Certificate is { Length: > 0 } pinned)
            {
                if (EmailSettings.Digits(pinned).Equals(fingerprint, StringComparison.OrdinalIgnoreCase))
                    return true;
                Problem = $"it is another one than was accepted. Its SHA-256 is {fingerprint}; ask whoever runs the server whether it is theirs, and enter it then as the accepted certificate.";
                return false;
            }

            if (errors == SslPolicyErrors.None)
                return true;
            var why = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"it is not made out to {settings.Host}"
                : chain?.ChainStatus.FirstOrDefault().StatusInformation is { Length: > 0 } status ? status.Trim().TrimEnd('.') : "nobody this machine knows vouches for it";
            Problem = $"{why}. Have a certificate made for the server by somebody this machine trusts, or, if the one with the SHA-256 {fingerprint} is the server's, enter that as the accepted certificate.";
            return false;
        }
    }
}
