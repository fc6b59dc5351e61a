using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using XoBlazor.App.Backups;

namespace XoBlazor.App.Hosting;

/// <summary>
/// What a supervisor that asked for it (<c>Type=notify</c>: it sets <c>NOTIFY_SOCKET</c>) is told: that the server answers, and that it
/// is going. A server that only starts again on a restored backup says that it reloads: after "stopping" systemd would wait for the
/// process to end, and kill it.
/// </summary>
/// <remarks>The words: sd_notify(3).</remarks>
internal sealed class SupervisorNotice(RestoreLoop restore) : ISystemdNotifier
{
    private static readonly ServiceState s_reloading = new("RELOADING=1");

    private readonly SystemdNotifier _socket = new();

    public static void Register(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 })
            return;

        services.AddSingleton<ISystemdNotifier, SupervisorNotice>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
    }

    public bool IsEnabled => _socket.IsEnabled;

    public void Notify(ServiceState state) =>
        _socket.Notify(restore.IsRestartWanted && state.ToString() == ServiceState.Stopping.ToString() ? s_reloading : state);
}
