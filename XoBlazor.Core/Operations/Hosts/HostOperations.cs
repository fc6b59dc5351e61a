using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Hosts;

/// <summary>The verbs of hosts.</summary>
public static class HostOperations
{
    private const string SyslogKey = "syslog_destination";

    /// <summary>Xen Orchestra's.</summary>
    private static readonly TimeSpan s_mostApart = TimeSpan.FromSeconds(30);

    private static readonly Right s_enable = new("host.enable", "Take hosts in and out of service", RightLevel.Administer);
    private static readonly Right s_power = new("host.power", "Reboot hosts and shut them down", RightLevel.Administer);

    public static Operation Enable { get; } = new OperationOn<Host>("host.enable", s_enable, (work, host) => work.RunAsync("host.enable", host.Ref))
    {
        Title = "Enable",
        Progressive = "Enabling",
        Description = "Lets VMs start on the host again.",
        Unless = (pool, host) => host.Enabled ? $"{pool.NameOf(host)} is in service." : Down(pool, host),
    };

    public static Operation Disable { get; } = new OperationOn<Host>("host.disable", s_enable, (work, host) => work.CallAsync("host.disable", host.Ref))
    {
        Title = "Disable",
        Progressive = "Disabling",
        Description = "Lets no more VMs start on the host; those that run stay.",
        Unless = InService,
    };

    public static Operation EnterMaintenance { get; } = new OperationOn<Host>("host.enter_maintenance", s_enable, EvacuateAsync)
    {
        Title = "Maintenance",
        Progressive = "Emptying",
        Description = "Takes the host out of service and moves its VMs to other hosts.",
        Confirmation = Confirmation.Ask,
        Consequence = "Its VMs move while they run; until the host is enabled again, none start on it.",
        Unless = (pool, host) => Down(pool, host)
            ?? (pool.VmsOn(host).Any() && !pool.All<Host>().Any(other => other.Ref != host.Ref && other.Enabled && pool.IsHostLive(other)) ? $"There is no other host to take the VMs of {pool.NameOf(host)}." : null),
        Loses = (pool, host) => pool.VmsOn(host).Select(vm => $"moves: {pool.NameOf(vm)}"),
    };

    public static Operation Reboot { get; } = new OperationOn<Host>("host.reboot", s_power, (work, host) => HostSuspending.IsAskedFor(work.Arguments) ? HostSuspending.RebootAsync(work, host) : GoDownAsync(work, host, "host.reboot"))
    {
        Title = "Reboot",
        Progressive = "Rebooting",
        Description = "Takes the host out of service, moves its VMs away and reboots it.",
        Confirmation = Confirmation.TypeName,
        Consequence = "VMs that cannot move are shut down; the pool cannot be managed while its coordinator is away.",
        Unless = Down,
        UnlessWith = HostSuspending.Obstacle,
        Loses = Going,
        Parameters = [Force, HostSuspending.Asked],
    };

    public static Operation Shutdown { get; } = new OperationOn<Host>("host.shutdown", s_power, (work, host) => GoDownAsync(work, host, "host.shutdown"))
    {
        Title = "Shut down",
        Progressive = "Shutting down",
        Description = "Takes the host out of service, moves its VMs away and switches it off.",
        Confirmation = Confirmation.TypeName,
        Consequence = "Somebody, or its remote power control, has to switch it on again; the pool cannot be managed while its coordinator is away.",
        Unless = Down,
        Loses = Going,
        Parameters = [Force],
    };

    public static Operation EmergencyShutdown { get; } = new OperationOn<Host>("host.emergency_shutdown", s_power, EmergencyAsync)
    {
        Title = "Emergency shut down",
        Progressive = "Shutting down at once",
        Description = "Suspends the host's VMs where they are and switches it off, as when the power is about to go.",
        Confirmation = Confirmation.TypeName,
        Consequence = "VMs that cannot be suspended lose what they have not written to disk; somebody, or its remote power control, has to switch the host on again.",
        Unless = Down,
        Loses = (pool, host) => pool.VmsOn(host).Select(vm => $"suspends: {pool.NameOf(vm)}"),
    };

    /// <summary>Clocks that are too far apart break fail-over, metrics and sign-ins.</summary>
    public static Operation CheckClock { get; } = new OperationOn<Host>("host.check_clock", Right.View, CheckClockAsync)
    {
        Title = "Check the clock",
        Progressive = "Checking the clock",
        Description = "Compares the host's clock with the server's.",
        Unless = Down,
    };

    public static Operation PowerOn { get; } = new OperationOn<Host>("host.power_on", s_power, (work, host) => work.RunAsync("host.power_on", host.Ref))
    {
        Title = "Switch on",
        Progressive = "Switching on",
        Description = "Switches the host on by its remote power control.",
        Unless = (pool, host) => pool.IsHostLive(host) ? $"{pool.NameOf(host)} is on." : host.PowerOnMode.Length == 0 ? $"{pool.NameOf(host)} has no remote power control set up." : null,
    };

    public static Operation RestartToolstack { get; } = new OperationOn<Host>("host.restart_toolstack", new("host.restart_toolstack", "Restart toolstacks", RightLevel.Administer), (work, host) => work.CallAsync("host.restart_agent", host.Ref))
    {
        Title = "Restart toolstack",
        Progressive = "Restarting the toolstack",
        Description = "Restarts the host's XAPI; VMs run on.",
        Confirmation = Confirmation.Ask,
        Consequence = "Tasks under way are forgotten; the coordinator's takes the pool out of reach for half a minute.",
        Unless = Down,
    };

    public static Operation Edit { get; } = new EditOperation<Host>("host.set", new("host.edit", "Change hosts", RightLevel.Administer),
        Edit<Host>.Text("name_label", "Name", "host.set_name_label", host => host.NameLabel),
        Edit<Host>.Text("name_description", "Description", "host.set_name_description", host => host.NameDescription, longest: 4096),
        Edit<Host>.Text("iscsiIqn", "iSCSI name", "host.set_iscsi_iqn", host => host.IscsiIqn),
        Edit<Host>.Flag("multipathing", "Multipathing", "host.set_multipathing", host => host.Multipathing) with { Unless = (pool, host, _) => host.Enabled ? $"Multipathing can be changed only while {pool.NameOf(host)} is in maintenance." : null },
        new Edit<Host>(OperationParameter.Text("syslogDestination", "Logs also to") with { IsClearable = true, IsAdvanced = true, Description = "The address of a syslog server.", Present = (_, host) => ((Host)host).Logging.GetValueOrDefault(SyslogKey) }, SetSyslogAsync))
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the host's name, description and habits.",
    };

    public static Operation Forget { get; } = new OperationOn<Host>("host.forget", new("host.forget", "Forget dead hosts", RightLevel.Administer), (work, host) => work.RunAsync("host.destroy", host.Ref))
    {
        Title = "Forget",
        Progressive = "Forgetting",
        Description = "Takes a host that is gone for good out of the pool's books.",
        Confirmation = Confirmation.TypeName,
        Consequence = "Its local storage, and the disks on it, are no longer known; it can only join anew.",
        Group = OperationGroup.Delete,
        SuitsMany = false,
        Unless = (pool, host) => pool.IsHostLive(host) ? $"{pool.NameOf(host)} is there; only a host that is down can be forgotten." : pool.IsCoordinator(host) ? $"{pool.NameOf(host)} is the pool's coordinator." : null,
    };

    public static ImmutableArray<Operation> All { get; } = [EnterMaintenance, Enable, Disable, Reboot, Shutdown, EmergencyShutdown, PowerOn, RestartToolstack, CheckClock, Edit, Forget];

    private static OperationParameter Force =>
        OperationParameter.Flag("force", "Without moving VMs") with { IsAdvanced = true, Description = "VMs that run there are shut down by the host instead of moved." };

    private static async Task EvacuateAsync(OperationWork work, Host host)
    {
        await work.CallAsync("host.disable", host.Ref);
        if (host.Enabled)
            work.Undo($"{work.Pool.NameOf(host)} out of service", () => work.CallAsync("host.enable", host.Ref));
        await work.RunAsync("host.evacuate", host.Ref);
    }

    private static async Task GoDownAsync(OperationWork work, Host host, string method)
    {
        work.Expect(2);
        if (work.Arguments.Flag("force") == true)
            await work.CallAsync("host.disable", host.Ref);
        else
            await EvacuateAsync(work, host);
        await work.RunAsync(method, host.Ref);
    }

    /// <summary>A VM that cannot be suspended does not keep the others from it.</summary>
    private static async Task EmergencyAsync(OperationWork work, Host host)
    {
        var vms = work.Pool.VmsOn(host).ToList();
        work.Expect(vms.Count + 1);
        await work.CallAsync("host.disable", host.Ref);
        work.Did("the host is out of service, and VMs are suspended");
        foreach (var vm in vms)
            try
            {
                await work.RunAsync("VM.suspend", vm.Ref);
            }
            catch (XapiFailureException failure)
            {
                work.Note($"{work.Pool.NameOf(vm)} was not suspended: {XapiErrorText.Of(failure.Code, failure.Parameters, _ => null)}");
            }

        await work.RunAsync("host.shutdown", host.Ref);
    }

    private static async Task CheckClockAsync(OperationWork work, Host host)
    {
        var name = work.Pool.NameOf(host);
        var offset = await HostClock.OffsetAsync(work.Connection, new(host.Ref), work.Time, work.Token) ?? throw new OperationFailedException($"{name} did not say what time it is.");
        var isFine = offset.Duration() < s_mostApart;
        work.Tell(isFine, isFine ? $"The clock of {name} is right."
            : $"The clock of {name} is {offset.Duration().TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s {(offset < TimeSpan.Zero ? "behind" : "ahead")}. Check its NTP servers.");
    }

    private static async Task SetSyslogAsync(OperationWork work, Host host)
    {
        await work.SetEntryAsync(host, "logging", SyslogKey, work.Arguments.Text("syslogDestination") is { Length: > 0 } to ? to : null);
        await work.CallAsync("host.syslog_reconfigure", host.Ref);
    }

    private static IEnumerable<string> Going(PoolPicture pool, Host host) =>
        pool.VmsOn(host).Select(vm => $"moves: {pool.NameOf(vm)}").Concat(pool.IsCoordinator(host) ? ["the pool's coordinator: the pool is out of reach meanwhile"] : []);

    private static string? Down(PoolPicture pool, Host host) => pool.IsHostLive(host) ? null : $"{pool.NameOf(host)} is down.";

    private static string? InService(PoolPicture pool, Host host) => host.Enabled ? Down(pool, host) : $"{pool.NameOf(host)} is out of service.";
}
