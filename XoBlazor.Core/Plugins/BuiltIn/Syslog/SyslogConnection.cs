using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace XoBlazor.Core.Plugins.BuiltIn.Syslog;

/// <summary>An open way to a collector. For one caller at a time; disposing it closes it.</summary>
internal sealed class SyslogConnection : IAsyncDisposable
{
    /// <summary>Of a datagram; a longer message is cut.</summary>
    private const int LongestDatagram = 60_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly Stream? _stream;
    private readonly Task _gone;

    private SyslogConnection(Socket socket, Stream? stream, string words)
    {
        (_socket, _stream, Words) = (socket, stream, words);
        // Nobody writes to us, so a read that ends says that the collector has gone.
        _gone = stream is null ? new TaskCompletionSource().Task : stream.ReadAsync(new byte[1]).AsTask();
        _ = _gone.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
    }

    /// <summary>How the way is secured, for people.</summary>
    public string Words { get; }

    /// <summary>The collector has hung up.</summary>
    public bool IsGone => _gone.IsCompleted;

    /// <summary>Fails with <see cref="SyslogException"/>.</summary>
    public static async Task<SyslogConnection> OpenAsync(SyslogTarget target, TimeProvider time, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        Socket? socket = null;
        try
        {
            socket = target.Transport == SyslogTransport.Udp ? new(SocketType.Dgram, ProtocolType.Udp) : new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(target.Host, target.Port, either.Token);
            return target.Transport switch
            {
                SyslogTransport.Udp => new(socket, null, "by UDP, where nobody knows whether it arrives"),
                SyslogTransport.Tcp => new(socket, new NetworkStream(socket), "by TCP, which anybody on the way can read"),
                SyslogTransport.Tls => await SecureAsync(socket, target, either.Token),
            };
        }
        catch (Exception problem) when (problem is SocketException or IOException or AuthenticationException or OperationCanceledException && !token.IsCancellationRequested)
        {
            socket?.Dispose();
            throw new SyslogException($"The collector {target.Name} cannot be reached: {(problem is OperationCanceledException ? $"it does not answer within {s_patience.TotalSeconds:0} seconds." : Why(problem))} Look whether it runs, takes this transport at this port and is let through.");
        }
    }

    /// <summary>Sends messages in order. Fails with <see cref="SyslogException"/>; then how many of them arrived is not known.</summary>
    public async Task SendAsync(IEnumerable<byte[]> messages, TimeProvider time, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            foreach (var message in messages)
                if (_stream is null)
                    await _socket.SendAsync(message.AsMemory(0, Cut(message)), either.Token);
                else
                    await _stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " "), .. message], either.Token);
            if (_stream is not null)
                await _stream.FlushAsync(either.Token);
        }
        catch (Exception problem) when (problem is SocketException or IOException or OperationCanceledException && !token.IsCancellationRequested)
        {
            throw new SyslogException($"The collector went away: {(problem is OperationCanceledException ? $"it takes nothing for {s_patience.TotalSeconds:0} seconds." : Why(problem))} All that is not known to be there is sent again.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private static async Task<SyslogConnection> SecureAsync(Socket socket, SyslogTarget target, CancellationToken token)
    {
        var tls = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions { TargetHost = target.Host };
        if (!target.IsChecked)
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (target.Authorities.Length > 0)
        {
            options.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(target.Authorities);
        }

        await tls.AuthenticateAsClientAsync(options, token);
        return new(socket, tls, $"by TLS, to the holder of the certificate '{tls.RemoteCertificate?.Subject}'{(target.IsChecked ? "" : ", which was not checked")}");
    }

    // Not in the middle of a letter.
    private static int Cut(byte[] message)
    {
        if (message.Length <= LongestDatagram)
            return message.Length;
        var end = LongestDatagram;
        while ((message[end] & 0xC0) == 0x80)
            end--;
        return end;
    }

    private static string Why(Exception problem) => problem.Message.TrimEnd('.') + (problem.InnerException is { } inner ? $" ({inner.Message.TrimEnd('.')})." : ".");
}
