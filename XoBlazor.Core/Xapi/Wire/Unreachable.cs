using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Says in words why a host could not be talked to: what happened, at which address, and what to do.</summary>
internal static partial class Unreachable
{
    private const int ExcerptLength = 200;

    public static XapiUnreachableException TimedOut(XapiEndpoint endpoint, TimeSpan patience, string what) =>
        new(UnreachableReason.TimedOut, $"{endpoint} did not answer within {patience.TotalSeconds:0.#} s ({what}). The host may be overloaded or the network may drop packets.");

    /// <summary>Translates what a transport or decoder threw; null for what is none of ours.</summary>
    public static XapiUnreachableException? From(Exception error, XapiEndpoint endpoint)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case XapiUnreachableException known:
                    return known;
                case CertificateRejectedException rejected:
                    return Certificate(endpoint, rejected);
                case NotJsonException other:
                    return NotXapi(endpoint, other);
                case SocketException socket:
                    return Socket(endpoint, socket);
                case AuthenticationException:
                    return NotTls(endpoint, e);
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
                    when e.InnerException is null or IOException { InnerException: not SocketException }:
                    return NotTls(endpoint, e);
                case HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }
                    or HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }:
                    return new(UnreachableReason.NotXapi, $"Something listens at {endpoint}, but it does not speak HTTP. Check the port.", e);
                case HttpIOException or EndOfStreamException or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return new(UnreachableReason.Interrupted, $"{endpoint} closed the connection before its answer was complete. Its toolstack may be restarting.", e);
                case JsonException or XmlException or InvalidDataException:
                    return new(UnreachableReason.BadAnswer, $"{endpoint} sent an answer that could not be understood: {e.Message.TrimEnd('.')}.", e);
            }
        }

        return error switch
        {
            HttpRequestException http => new(UnreachableReason.Interrupted, $"The connection to {endpoint} failed: {http.Message.TrimEnd('.')}.", http),
            IOException io => new(UnreachableReason.Interrupted, $"The connection to {endpoint} was cut: {io.Message.TrimEnd('.')}.", io),
            _ => null,
        };
    }

    private static XapiUnreachableException Certificate(XapiEndpoint endpoint, CertificateRejectedException rejected)
    {
        var presented = rejected.Presented;
        return endpoint.Pins.IsDefaultOrEmpty
            ? new(UnreachableReason.CertificateUnknown,
                $"No certificate has been accepted for {endpoint} yet. It shows {presented.Subject} with the SHA-256 fingerprint {presented.Fingerprint}. "
                + "Compare it with the one on the host's console and accept it.", rejected)
            { Presented = presented }
            : new(UnreachableReason.CertificateChanged,
                $"The certificate of {endpoint} has changed: accepted is {string.Join(" or ", endpoint.Pins)}, shown is {presented.Fingerprint} ({presented.Subject}). "
                + "If the certificate was replaced on purpose, accept the new one; if not, somebody may be between us and the host.", rejected)
            { Presented = presented };
    }

    private static XapiUnreachableException NotTls(XapiEndpoint endpoint, Exception e) =>
        new(UnreachableReason.NotTls, $"What listens at {endpoint} does not speak TLS, or no version that is still safe. Check the port; XAPI's is 443.", e);

    private static XapiUnreachableException NotXapi(XapiEndpoint endpoint, NotJsonException e)
    {
        var excerpt = Plain(e.Excerpt);
        return e.Status switch
        {
            200 => new(UnreachableReason.NotXapi, $"{endpoint} answers, but not as XAPI does{Quote(excerpt)}. Check the address and port.", e),
            >= 300 and < 400 or 404 or 405 => new(UnreachableReason.NotXapi, $"{endpoint} is a web server, but not XAPI (HTTP {e.Status}). Check the address and port.", e),
            _ => new(UnreachableReason.HttpError, $"{endpoint} answered with HTTP {e.Status}{Quote(excerpt)}. If it lasts, look at the toolstack's log on the host (/var/log/xensource.log).", e),
        };
    }

    private static XapiUnreachableException Socket(XapiEndpoint endpoint, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            new(UnreachableReason.UnknownHost, $"The name '{endpoint.Host}' has no address. Check its spelling and the server's DNS.", e),
        SocketError.ConnectionRefused =>
            new(UnreachableReason.Refused, $"{endpoint} refused the connection: nothing listens there. The host may be starting, or the port is wrong.", e),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown or SocketError.AddressNotAvailable =>
            new(UnreachableReason.NoRoute, $"There is no way to {endpoint}: the host is off or the network between is down.", e),
        SocketError.TimedOut =>
            new(UnreachableReason.TimedOut, $"{endpoint} did not answer. The host may be off or a firewall may drop the packets.", e),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            new(UnreachableReason.Interrupted, $"{endpoint} cut the connection. Its toolstack may be restarting.", e),
        _ => new(UnreachableReason.Interrupted, $"The connection to {endpoint} failed: {e.Message.TrimEnd('.')}.", e),
    };

    private static string Quote(string excerpt) => excerpt.Length == 0 ? "" : $": '{excerpt}'";

    /// <summary>A page's text without its markup and control characters.</summary>
    private static string Plain(string page)
    {
        var text = Blanks().Replace(Markup().Replace(page, " "), " ").Trim();
        return text.Length > ExcerptLength ? text[..ExcerptLength] + "…" : text;
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
