using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Connects to directory servers with this project's own client: TCP, TLS by <see cref="SslStream"/>, ASN.1 by the framework.</summary>
internal sealed class LdapClient(TimeProvider time) : IDirectoryClient
{
    public async Task<IDirectoryConnection> ConnectAsync(LdapTarget target, CancellationToken token)
    {
        using var deadline = new LdapDeadline(target.ConnectTimeout, time, token);
        var stage = LdapStage.Resolving;
        Socket? socket = null;
        Stream? stream = null;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(target.Host, deadline.Token);
            stage = LdapStage.Connecting;
            socket = await ConnectAsync(addresses, target, deadline);
            var address = ((IPEndPoint)socket.RemoteEndPoint!).ToString();
            stream = new NetworkStream(socket, ownsSocket: true);
            if (target.Security == LdapSecurity.Plain)
                return new LdapConnection(target, stream, address, null, time);

            if (target.Security == LdapSecurity.StartTls)
            {
                stage = LdapStage.StartTls;
                await AskForTlsAsync(target, socket, stream, deadline.Token);
            }

            stage = LdapStage.Handshake;
            var (tls, certificate) = await ShakeHandsAsync(target, stream, deadline.Token);
            return new LdapConnection(target, tls, address, certificate, time);
        }
        catch (Exception e)
        {
            if (stream is not null)
                await stream.DisposeAsync();
            else
                socket?.Dispose();
            if (LdapFailures.From(e, target, stage, deadline) is { } failure)
                throw failure;
            throw;
        }
    }

    // One address after the other, each with its share of what time is left, so that a dead first one leaves room for the others.
    private async Task<Socket> ConnectAsync(IPAddress[] addresses, LdapTarget target, LdapDeadline deadline)
    {
        var begun = time.GetTimestamp();
        for (var i = 0; ; i++)
        {
            var left = target.ConnectTimeout - time.GetElapsedTime(begun);
            using var share = new LdapDeadline(left > TimeSpan.Zero ? left / (addresses.Length - i) : TimeSpan.Zero, time, deadline.Token);
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], target.Port, share.Token);
                return socket;
            }
            catch (Exception e) when (i < addresses.Length - 1 && (e is SocketException || share.IsPast))
            {
                socket.Dispose();
            }
            catch (OperationCanceledException) when (share.IsPast)
            {
                socket.Dispose();
                throw LdapFailures.TimedOut(target, LdapStage.Connecting, target.ConnectTimeout);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static async Task AskForTlsAsync(LdapTarget target, Socket socket, Stream stream, CancellationToken token)
    {
        const int Id = 1;
        await stream.WriteAsync(LdapRequests.Extended(Id, LdapRequests.StartTlsOid), token);
        var frame = await new LdapFrames(stream).ReadAsync(LdapLimits.MessageBytes, token) ?? throw LdapFailures.Interrupted(target, LdapStage.StartTls);
        if (LdapDecoder.Decode(frame) is not LdapResponse.Done { Id: Id, Operation: LdapDecoder.ExtendedAnswer } done)
            throw new LdapFrameException("this is no answer to StartTLS");
        if (done.Result.Code != LdapResultCode.Success)
            throw new LdapUnreachableException(target, LdapStage.StartTls, LdapUnreachableReason.StartTlsRefused,
                $"refuses StartTLS ({(int)done.Result.Code} {LdapWords.Printable(done.Result.Diagnostic)}). Configure a certificate on the server, or choose LDAPS.");

        // The server has to wait for our hello (RFC 4511 §4.14.2). Bytes that are here already were put there by somebody else; were they
        // read later, they would count as said under TLS. What comes after this look meets the handshake, which fails on it.
        if (socket.Available > 0)
            throw new LdapUnreachableException(target, LdapStage.StartTls, LdapUnreachableReason.BytesBeforeTls,
                "sent bytes between agreeing to StartTLS and the TLS handshake. Something on the way may be tampering with the connection; nothing was sent.");
    }

    private async Task<(SslStream Tls, LdapCertificate? Certificate)> ShakeHandsAsync(LdapTarget target, Stream stream, CancellationToken token)
    {
        LdapCertificate? certificate = null;
        LdapUnreachableException? refusal = null;
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = target.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = target.Trust.Policy(),
                RemoteCertificateValidationCallback = Check,
            }, token);
            return (tls, certificate);
        }
        catch (Exception) when (refusal is not null)
        {
            throw refusal;
        }

        bool Check(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
        {
            if (shown is null)
                return false;
            using var copy = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
            certificate = LdapCertificate.Of(copy);
            if (errors == SslPolicyErrors.None || !target.Trust.IsChecked)
                return true;
            refusal = LdapFailures.OfCertificate(target, certificate, errors, chain?.ChainStatus ?? [], time.GetUtcNow());
            return false;
        }
    }
}
