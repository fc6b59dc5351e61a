using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Hosts;

/// <summary>A host rebooted with its VMs suspended meanwhile, for who has nowhere to move them. They are resumed when it is back, wherever they fit.</summary>
internal static class HostSuspending
{
    private const string Name = "suspend";

    /// <summary>Big machines test their memory for a quarter of an hour, and may install updates.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    public static OperationParameter Asked { get; } = OperationParameter.Flag(Name, "Suspending its VMs meanwhile") with
    {
        IsAdvanced = true,
        Description = "VMs that run there are suspended instead of moved, and resumed when the host is back. This server must not be one of them.",
    };

    public static bool IsAskedFor(OperationArguments given) => given.Flag(Name) == true;

    public static string? Obstacle(PoolPicture pool, Host host, OperationArguments given)
    {
        if (!IsAskedFor(given))
            return null;
        return given.Flag("force") == true
            ? "The VMs are either suspended or shut down by the host: choose one."
            : Running(pool, host).Select(vm => VmObstacles.To(VmOperation.Suspend, vm) is { } why ? $"{pool.NameOf(vm)} cannot be suspended. {why}" : null).FirstOrDefault(why => why is not null);
    }

    public static async Task RebootAsync(OperationWork work, Host host)
    {
        var vms = Running(work.Pool, host).ToList();
        work.Expect((vms.Count * 2) + 1);
        await work.CallAsync("host.disable", host.Ref);
        if (host.Enabled)
            work.Undo($"{work.Pool.NameOf(host)} out of service", () => work.CallAsync("host.enable", host.Ref));
        foreach (var vm in vms)
        {
            await work.RunAsync("VM.suspend", vm.Ref);
            work.Undo($"{work.Pool.NameOf(vm)} suspended", () => ResumeAsync(work, vm));
        }

        // The host is seen to be out of service, so that being in service means later that it has come back.
        await work.UntilAsync(pool => pool.Get(new XenRef<Host>(host.Ref)) is { Enabled: false }, s_patience);
        await GoAsync(work, host);
        work.Keep();
        if (vms.Count > 0)
            work.Did($"suspended: {string.Join(", ", vms.Select(work.Pool.NameOf))}");
        if (!await work.UntilAsync(pool => pool.Get(new XenRef<Host>(host.Ref)) is { Enabled: true } now && pool.IsHostLive(now), s_patience))
            throw new OperationFailedException($"{work.Pool.NameOf(host)} was rebooted and is not back in service. Look at its console; enable it and resume its VMs when it is.");
        foreach (var vm in vms)
            try
            {
                await ResumeAsync(work, vm);
            }
            catch (XapiFailureException failure)
            {
                work.Note($"{work.Pool.NameOf(vm)} was not resumed: {XapiErrorText.Of(failure.Code, failure.Parameters, _ => null)}");
            }
    }

    // The coordinator may take the end of its own call along.
    private static async Task GoAsync(OperationWork work, Host host)
    {
        try
        {
            await work.RunAsync("host.reboot", host.Ref);
        }
        catch (Exception lost) when (work.Pool.IsCoordinator(host) && lost is TaskLostException or XapiException and not XapiFailureException)
        {
        }
    }

    private static Task ResumeAsync(OperationWork work, Vm vm) => work.RunAsync("VM.resume", vm.Ref, false, false);

    private static IEnumerable<Vm> Running(PoolPicture pool, Host host) => pool.VmsOn(host).Where(vm => vm.PowerState == VmPowerState.Running);
}
