using System.Formats.Asn1;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Turns what went wrong below into failures made for people.</summary>
internal static class LdapFailures
{
    /// <summary>The failure for an exception of the network, TLS or the decoder; null for one that is none of these.</summary>
    public static LdapUnreachableException? From(Exception e, LdapTarget target, LdapStage stage, LdapDeadline deadline)
    {
        return e switch
        {
            OperationCanceledException when deadline.IsPast => TimedOut(target, stage, deadline.Limit),
            LdapFrameException { IsTooLarge: true } => Make(LdapUnreachableReason.TooLarge,
                $"was cut off while {stage.Words()}: {e.Message}. Narrow the base or the filter."),
            LdapFrameException or AsnContentException => Make(LdapUnreachableReason.BadAnswer,
                $"sent something that is not LDAP while {stage.Words()} ({LdapWords.Printable(e.Message)}). Check that host and port are those of the directory."),
            _ when Socket(e) is { } socket => OfSocket(socket),
            AuthenticationException or IOException when stage == LdapStage.Handshake => Make(LdapUnreachableReason.NotTls,
                $"failed in the TLS handshake ({LdapWords.Printable(e.Message)}). {NotTlsAdvice(target)}"),
            IOException or ObjectDisposedException => Interrupted(target, stage),
            _ => null,
        };

        LdapUnreachableException Make(LdapUnreachableReason reason, string message) => new(target, stage, reason, message, e);

        LdapUnreachableException OfSocket(SocketException socket) => socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Make(LdapUnreachableReason.NameNotFound,
                $"cannot be found: the name {target.Host} has no address here. Check how it is written, and this machine's DNS."),
            SocketError.ConnectionRefused => Make(LdapUnreachableReason.Refused,
                $"refused the connection: nothing listens on port {target.Port}. Check the port and that the directory runs."),
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown => Make(LdapUnreachableReason.NoRoute,
                $"cannot be reached: there is no way to {target.Host} from here. Check address and network."),
            SocketError.TimedOut => TimedOut(target, stage, deadline.Limit),
            _ => Interrupted(target, stage),
        };
    }

    public static LdapUnreachableException Interrupted(LdapTarget target, LdapStage stage, string? serversWords = null) =>
        new(target, stage, LdapUnreachableReason.Interrupted,
            $"closed the connection while {stage.Words()}{(string.IsNullOrWhiteSpace(serversWords) ? "" : $" ('{LdapWords.Printable(serversWords)}')")}. Look into the server's log; a port for LDAPS closes connections that begin without TLS.");

    public static LdapUnreachableException TimedOut(LdapTarget target, LdapStage stage, TimeSpan limit) =>
        new(target, stage, LdapUnreachableReason.TimedOut,
            $"did not answer within {limit.TotalSeconds:0.###} s while {stage.Words()}. Check that the server runs and no firewall drops what we send.");

    /// <summary>The failure for a certificate that the check has refused.</summary>
    public static LdapUnreachableException OfCertificate(LdapTarget target, LdapCertificate certificate, SslPolicyErrors errors, IReadOnlyList<X509ChainStatus> chain, DateTimeOffset now)
    {
        var (reason, message) = now > certificate.NotAfter
            ? (LdapUnreachableReason.CertificateExpired,
                $"shows a certificate that expired on {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC. Renew it on the server.")
            : now < certificate.NotBefore
            ? (LdapUnreachableReason.CertificateExpired,
                $"shows a certificate that is valid only from {certificate.NotBefore:yyyy-MM-dd HH:mm} UTC. Check both clocks.")
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? (LdapUnreachableReason.CertificateNameMismatch,
                $"shows a certificate for {Names(certificate)}, not for {target.Host}. Use one of these names as host, or give the server a certificate with this name.")
            : (LdapUnreachableReason.CertificateUntrusted,
                $"shows a certificate that leads to no trusted authority (subject {LdapWords.Printable(certificate.Subject)}, issuer {LdapWords.Printable(certificate.Issuer)}; {string.Join(", ", chain.Select(s => s.Status).Distinct())}). Paste the root certificate of its authority as CA.");
        return new(target, LdapStage.Handshake, reason, message) { Certificate = certificate };

        static string Names(LdapCertificate certificate) =>
            LdapWords.Printable(certificate.Names.Count > 0 ? string.Join(", ", certificate.Names) : certificate.Subject);
    }

    /// <summary>The failure for a result other than success.</summary>
    public static LdapResultException OfResult(LdapTarget target, LdapStage stage, LdapResult result, string? name = null)
    {
        var account = stage == LdapStage.Binding ? result.Policy ?? AccountProblems.OfDiagnostic(result.Diagnostic) : null;
        var what = name is null ? "" : $" as '{LdapWords.Printable(name)}'";
        var said = string.IsNullOrWhiteSpace(result.Diagnostic) ? "" : $" The server says: {LdapWords.Printable(result.Diagnostic)}";
        var message = result.Code switch
        {
            LdapResultCode.InvalidCredentials => $"refused the bind{what}: {account?.Words() ?? "name or password is wrong"}.",
            LdapResultCode.InappropriateAuthentication => $"refused the bind{what}: this entry cannot sign in with a password.",
            LdapResultCode.NoSuchObject => $"has no such entry as the base of the search. Check the base; the nearest that exists is '{LdapWords.Printable(result.MatchedDn)}'.",
            LdapResultCode.InvalidDnSyntax => $"does not take{what} for a name while {stage.Words()}. Write it as a DN, such as cn=reader,dc=example,dc=org.",
            LdapResultCode.SizeLimitExceeded => "found more entries than it gives out at once. Narrow base or filter, or turn paging on.",
            LdapResultCode.AdminLimitExceeded or LdapResultCode.TimeLimitExceeded => $"gave up while {stage.Words()}: its limits do not allow this. Narrow base or filter, or raise the limits for the service account.",
            LdapResultCode.StrongerAuthRequired or LdapResultCode.ConfidentialityRequired => $"takes no passwords or searches without TLS while {stage.Words()}. Choose LDAPS or StartTLS.",
            LdapResultCode.InsufficientAccessRights => $"does not let this account do that while {stage.Words()}. Give the service account the right to read users and groups.",
            LdapResultCode.Busy or LdapResultCode.Unavailable => $"is busy or shutting down while {stage.Words()}. Try again, or add another server of this directory.",
            LdapResultCode.UnwillingToPerform => $"is unwilling to do that while {stage.Words()}{what}.",
            LdapResultCode.Referral => $"sends us to {LdapWords.Printable(string.Join(", ", result.Referrals))} while {stage.Words()}. Enter that server, or let referrals be followed.",
            LdapResultCode.OperationsError when stage == LdapStage.Searching => "refused the search. Active Directory answers so when nobody is bound: give a service account.",
            _ => $"answered with result {(int)result.Code} while {stage.Words()}{what}.",
        };
        return new(target, stage, result, message + said) { Account = account };
    }

    private static string NotTlsAdvice(LdapTarget target) => target.Security == LdapSecurity.StartTls
        ? "Check which versions of TLS the server offers; 1.2 is the least."
        : $"Check that port {target.Port} is for LDAPS, or choose StartTLS; TLS 1.2 is the least.";

    private static SocketException? Socket(Exception? e) => e as SocketException ?? (e is null ? null : Socket(e.InnerException));
}
