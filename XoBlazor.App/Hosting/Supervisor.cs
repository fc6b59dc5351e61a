using Microsoft.Extensions.Hosting.Systemd;

namespace XoBlazor.App.Hosting;

/// <summary>
/// Tells whether something other than a person started the process. Such a starter has no home folder worth writing to, so it must
/// say where data goes.
/// </summary>
internal static class Supervisor
{
    /// <summary>The supervisor's name, or null when a person at a shell started the process.</summary>
    public static string? Detect(Func<string, string?> environment, int processId) =>
        SystemdHelpers.IsSystemdService() || IsOurs(environment("SYSTEMD_EXEC_PID"), processId) ? "systemd"
        : environment("SUPERVISOR_ENABLED") is not null ? "supervisord"
        : environment("KUBERNETES_SERVICE_HOST") is not null ? "Kubernetes"
        : environment("container") is not null || environment("DOTNET_RUNNING_IN_CONTAINER") is not null ? "a container"
        : processId == 1 ? "process 1"
        : null;

    private static bool IsOurs(string? text, int processId) => int.TryParse(text, out var named) && named == processId;
}
