using Microsoft.Extensions.Hosting;

namespace XoBlazor.App.Hosting.Tls;

/// <summary>Notices a changed certificate file. It looks instead of watching: a watch is lost when a folder or link is swapped.</summary>
internal sealed class CertificateLoop(ServerCertificate certificate, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                certificate.Refresh();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
