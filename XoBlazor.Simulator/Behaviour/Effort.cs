using XoBlazor.Simulator.Calls;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// How long operations take, in times of starting a VM (<see cref="PoolOptions.OperationDuration"/>). Estimates, in the proportions of
/// xapi-behaviour.md §14: the sources hold no measured durations.
/// </summary>
internal static class Effort
{
    public const double Start = 1;
    public const double CleanShutdown = 2;
    public const double HardShutdown = 0.4;
    public const double CleanReboot = 3;
    public const double HardReboot = 1.2;
    public const double Pause = 0.05;
    public const double Suspend = 2;
    public const double Resume = 1.5;
    public const double Migrate = 2;
    public const double GuestBoot = 2;
    public const double GuestAgent = 3;
    public const double DiskSnapshot = 0.25;
    public const double DiskCopy = 4;
    public const double DiskCreate = 0.12;
    public const double DiskDestroy = 0.12;
    public const double DiskResize = 0.2;
    public const double Plug = 0.2;
    public const double Scan = 0.25;
    public const double Storage = 1;
    public const double Network = 0.25;
    public const double HostDown = 2.5;
    public const double HostBoot = 30;
    public const double HostStart = 3;
    public const double HostUpdate = 8;
    public const double RepositorySync = 3;
    public const double ToolstackStart = 4;

    /// <summary>Lets time pass without moving the task's progress; used for parts of an operation.</summary>
    public static Task SpendAsync(PoolSimulator pool, double weight, CancellationToken cancellation)
    {
        var pause = pool.Options.OperationDuration * weight;
        return pause > TimeSpan.Zero ? Task.Delay(pause, pool.Time, cancellation) : Task.CompletedTask;
    }

    /// <inheritdoc cref="SpendAsync(PoolSimulator, double, CancellationToken)"/>
    public static Task SpendAsync(CallContext call, double weight) => SpendAsync(call.Pool, weight, call.Cancellation);
}
