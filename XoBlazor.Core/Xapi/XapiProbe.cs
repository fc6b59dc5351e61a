using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

/// <summary>Looks at what a host shows before anything is trusted: only the TLS handshake is begun, nothing is sent over it.</summary>
public static class XapiProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The certificate that an administrator has to confirm. Fails with <see cref="XapiUnreachableException"/>.</summary>
    public static async Task<XapiCertificate> FetchCertificateAsync(XapiEndpoint endpoint, CancellationToken cancellation, TimeProvider? time = null)
    {
        if (!endpoint.IsHttps)
            throw new ArgumentException($"{endpoint} is plain HTTP and has no certificate.", nameof(endpoint));

        XapiCertificate? presented = null;
        using var deadline = new Deadline(s_patience, time ?? TimeProvider.System, cancellation, CancellationToken.None);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, deadline.Token);
            await using var tls = new SslStream(new NetworkStream(socket));
            await tls.AuthenticateAsClientAsync(new() { TargetHost = endpoint.Host, RemoteCertificateValidationCallback = Look }, deadline.Token);
        }
        catch (Exception) when (presented is not null)
        {
            // The handshake is refused on purpose: looking is not trusting.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Unreachable.TimedOut(endpoint, s_patience, "fetching its certificate");
        }
        catch (Exception e) when (e is IOException { InnerException: not SocketException } or AuthenticationException)
        {
            throw Unreachable.From(new AuthenticationException(e.Message, e), endpoint)!;
        }
        catch (Exception e) when (Unreachable.From(e, endpoint) is { } unreachable)
        {
            throw unreachable;
        }

        return presented!;

        bool Look(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (certificate is not null)
            {
                using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
                presented = XapiCertificate.Of(copy);
            }

            return false;
        }
    }
}
