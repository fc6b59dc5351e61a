using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace XoBlazor.Core.Audit.Syslog;

/// <summary>
/// Sends every record to a syslog collector over TLS, in order, each at least once: where it had come to is remembered in the audit's file, so a collector
/// that was away gets what it missed. Never holds up the audit itself. Syslog has no acknowledgement: what was on its way when the line broke is sent again.
/// </summary>
public sealed partial class SyslogForwarder(AuditLog log, IOptions<AuditOptions> options, TimeProvider time, ILogger<SyslogForwarder> logger) : BackgroundService
{
    private const int BatchSize = 200;

    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    // A lost wake-up costs at most this long.
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SyslogOptions _options = options.Value.Syslog;

    /// <summary>Whether a collector that proved itself takes records at this moment. False at first, however well all goes.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Why nothing could be sent when that was last tried, in words; null when all is well, nothing was tried yet, or nothing is to be sent.</summary>
    public string? Problem { get; private set; }

    private string Destination => $"{_options.Host}:{_options.Port}";

    public override void Dispose()
    {
        log.Appended -= Wake;
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Host is null)
            return;

        log.Appended += Wake;
        var pause = s_firstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var line = await ConnectAsync(stoppingToken);
                (IsConnected, Problem) = (true, null);
                LogConnected(Destination);
                pause = s_firstPause;
                await SendAllAsync(line, stoppingToken);
            }
            catch (Exception problem) when (problem is IOException or SocketException or AuthenticationException or AuditException or CryptographicException
                || (problem is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                IsConnected = false;
                Problem = $"The audit cannot be sent to the syslog collector {Destination}: {(problem is OperationCanceledException ? "it does not answer." : problem.Message)} It is tried again; nothing is lost.";
                LogBroken(Destination, problem.Message);
                await Task.Delay(pause, time, stoppingToken);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks));
            }
        }
    }

    private async Task SendAllAsync(SslStream line, CancellationToken token)
    {
        var sent = log.Forwarded(Destination);
        // Nobody writes to us, so a read that ends says that the collector has gone.
        var gone = line.ReadAsync(new byte[1], token).AsTask();
        while (!gone.IsCompleted)
        {
            var batch = log.ReadAfter(sent, BatchSize);
            if (batch.Count == 0)
            {
                var woken = _wake.WaitAsync(s_idle, token);
                await Task.WhenAny(woken, gone);
                continue;
            }

            foreach (var entry in batch)
                await line.WriteAsync(SyslogFormat.Frame(entry, Environment.MachineName), token);
            await line.FlushAsync(token);
            sent = batch[^1].Number;
            await log.SetForwardedAsync(Destination, sent, token);
        }

        await gone;
        throw new IOException("The collector closed the connection.");
    }

    private async Task<SslStream> ConnectAsync(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, s_connectTimeout, Timeout.InfiniteTimeSpan);
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_options.Host!, _options.Port, limit.Token);
            var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _options.Host, CertificateChainPolicy = Authorities() }, limit.Token);
            return tls;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private X509ChainPolicy? Authorities()
    {
        if (_options.CertificateAuthorityFile is not { } file)
            return null;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    [LoggerMessage(LogLevel.Information, "The audit is sent to {Destination}")]
    private partial void LogConnected(string destination);

    [LoggerMessage(LogLevel.Warning, "The audit cannot be sent to {Destination}: {Problem}")]
    private partial void LogBroken(string destination, string problem);
}
