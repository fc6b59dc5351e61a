using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>
/// The host of a server that runs in this process on a thread of its own. That thread owns it, as in production: it is asked to stop, and
/// stops and disposes it alone. Two doing so at once would find each other's services gone.
/// </summary>
internal sealed class RunningServer(IHost host) : IHost
{
    private readonly DataLock _held = host.Services.GetRequiredService<DataLock>();
    private readonly IHostApplicationLifetime _lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();

    public IServiceProvider Services => host.Services;

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        _lifetime.StopApplication();
        return _held.Freed.WaitAsync(Patience.Limit, cancellationToken);
    }

    public void Dispose()
    {
    }
}
