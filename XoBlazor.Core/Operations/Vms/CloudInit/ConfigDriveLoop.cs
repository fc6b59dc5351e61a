using Microsoft.Extensions.Hosting;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms.CloudInit;

/// <summary>
/// Takes configuration drives away that are to be read once: as soon as the guest's tools report, cloud-init has read its drive, which it does early in the boot.
/// What is to go is said by the VM itself, so a restart of the server forgets none. A guest that does not let go of its drive is asked again at its next boot.
/// </summary>
internal sealed class ConfigDriveLoop(ObjectStore store, OperationRunner runner) : BackgroundService
{
    private readonly Dictionary<ObjectKey, long> _asked = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signals = store.Subscribe();
        foreach (var pool in signals.Present.Pools)
            await LookAsync(pool, pool.All<Vm>(), stoppingToken);
        while (true)
        {
            var signal = await signals.NextAsync(stoppingToken);
            foreach (var pool in signal.Now.Pools)
                await LookAsync(pool, signal.LookAtEverything ? pool.All<Vm>() : Changed(pool, signal), stoppingToken);
        }
    }

    /// <summary>Those that changed themselves, or whose guest reported something.</summary>
    private static IEnumerable<Vm> Changed(PoolPicture pool, StoreSignal signal) =>
        signal.Batches.Where(batch => batch.Pool == pool.Uuid).SelectMany(batch => batch.Changes).Select(change => change.After).SelectMany(after => after switch
        {
            Vm vm => [vm],
            VmGuestMetrics guest => pool.Referrers<Vm>(guest.Ref, Xapi.Codecs.VmFields.GuestMetrics),
            _ => [],
        });

    private async Task LookAsync(PoolPicture pool, IEnumerable<Vm> vms, CancellationToken stopping)
    {
        foreach (var vm in vms)
        {
            if (!ConfigDriveMark.IsOnce(vm) || vm.PowerState != VmPowerState.Running || pool.ToolsOf(vm).State != GuestToolsState.Detected || ConfigDriveMark.DriveOf(pool, vm) is null)
                continue;
            var key = pool.Key(vm);
            if (_asked.TryGetValue(key, out var domain) && domain == vm.Domid)
                continue;
            _asked[key] = vm.Domid;
            try
            {
                await runner.StartAsync(Requester.Server, ConfigDriveOperations.Delete, key, null, stopping);
            }
            catch (OperationRefusedException)
            {
                // It stands in the audit and the log; the next boot is the next time.
            }
        }
    }
}
