using System.Collections.Concurrent;
using System.Globalization;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Life;

/// <summary>
/// What people and schedules do to a pool: power operations, migrations, snapshots, alerts. Goes through the same calls as a client, under
/// a session of its own, and touches only VMs that look as if somebody may play with them (tests, desktops, workers), if there are any.
/// What somebody else has stopped stays stopped. Old snapshots and read messages go, so that the pool keeps its size however long it lives.
/// </summary>
internal sealed class Activity(PoolSimulator pool, int seed)
{
    private const string SnapshotPrefix = "hourly ";
    private const int MostSnapshots = 5;
    private const int MostMessages = 50;

    private static readonly string[] s_playgrounds = ["test", "dev", "staging", "desktop", "kubernetes", "ci", "build"];

    private readonly Random _random = new(seed);
    private readonly long _firstMessage = pool.Messages.LastNumber + 1;
    private readonly ConcurrentDictionary<string, bool> _stopped = [];
    private int _running;

    /// <summary>Begins something and returns; one thing at a time in a small pool, a few in a large one.</summary>
    public void Begin(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _running) > 4) return;
        if (_random.Next(15) == 0) Alarm();
        else if (Candidate() is { } vm) _ = RunAsync(vm, _random.Next(100), cancellation);
    }

    /// <summary>What an alarm of xapi says when a VM's processors are busy for long.</summary>
    public static string BusyProcessor(string value) =>
        $"value: {value}\nconfig:\n<variable>\n\t<name value=\"cpu_usage\"/>\n"
        + "\t<alarm_trigger_level value=\"0.9\"/>\n\t<alarm_trigger_period value=\"300\"/>\n</variable>";

    private async Task RunAsync(DbObject vm, int roll, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _running);
        var session = pool.Sessions.LogIn(pool.Options.User, pool.Options.Password, "life");
        try
        {
            foreach (var (method, parameters) in Plan(vm, roll))
                await CallAsync(session, method, parameters, cancellation);
            if (vm.Text("power_state") == "Running") _stopped.TryRemove(vm.Ref, out _);
            else _stopped[vm.Ref] = true;
        }
        catch (Exception failure) when (failure is XapiException or OperationCanceledException)
        {
            // Somebody else was quicker, or the pool stops: life goes on elsewhere.
        }
        finally
        {
            DismissMessages();
            pool.Sessions.Close(session);
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>What may happen to a VM in its state. A VM that was stopped by whim is started again soon, so the pool keeps its shape.</summary>
    private IEnumerable<(string Method, XapiValue[] Parameters)> Plan(DbObject vm, int roll) => (vm.Text("power_state"), roll) switch
    {
        ("Halted", _) => [("VM.start", [vm.Ref, false, false])],
        ("Suspended", _) => [("VM.resume", [vm.Ref, false, false])],
        ("Paused", _) => [("VM.unpause", [vm.Ref])],
        ("Running", < 30) => [("VM.clean_reboot", [vm.Ref])],
        ("Running", < 45) => [("VM.clean_shutdown", [vm.Ref])],
        ("Running", < 60) => [("VM.pause", [vm.Ref])],
        ("Running", < 68) => [("VM.suspend", [vm.Ref])],
        ("Running", < 84) when Destination(vm) is { } host => [("VM.pool_migrate", [vm.Ref, host.Ref, XapiValue.MapOf(("live", "true"))])],
        ("Running", _) => [("VM.snapshot", [vm.Ref, Name(), XapiValue.EmptySet]), .. Outdated()],
        _ => [],
    };

    private string Name() => SnapshotPrefix + pool.Time.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The schedule's own snapshots beyond those it keeps, the oldest first, with their disks.</summary>
    private IEnumerable<(string Method, XapiValue[] Parameters)> Outdated()
    {
        var own = pool.Db.Where("VM", "is_a_snapshot", true).Where(snapshot => snapshot.Text("name_label").StartsWith(SnapshotPrefix, StringComparison.Ordinal));
        foreach (var snapshot in own.OrderByDescending(snapshot => snapshot.Text("snapshot_time"), StringComparer.Ordinal).Skip(MostSnapshots - 1))
        {
            var disks = snapshot.FollowAll("VBDs", "VBD").Where(vbd => vbd.Text("type") == "Disk").Select(vbd => vbd.Text("VDI")).ToList();
            yield return ("VM.destroy", [snapshot.Ref]);
            foreach (var disk in disks.Where(disk => pool.Db.Exists("VDI", disk)))
                yield return ("VDI.destroy", [disk]);
        }
    }

    private async Task CallAsync(string session, string method, XapiValue[] parameters, CancellationToken cancellation)
    {
        var call = pool.Schema.FindCall(method);
        if (call is null) return;
        IReadOnlyList<XapiValue> given = [session, .. parameters.Take(call.Parameters.Count)];
        var answer = await pool.Dispatcher.CallAsync(new RpcRequest(method, given), pool.Db.Coordinator.Ref).WaitAsync(cancellation);
        if (answer.Failure is { } failure) throw failure;
    }

    private void Alarm()
    {
        var vms = pool.Db.All("VM").Where(vm => vm.Text("power_state") == "Running" && !vm.Bool("is_control_domain")).ToList();
        if (vms.Count == 0) return;
        var vm = vms[_random.Next(vms.Count)];
        var value = (0.9 + (_random.NextDouble() / 10)).ToString("F6", CultureInfo.InvariantCulture);
        pool.Messages.Create("ALARM", 3, "VM", vm.Uuid, BusyProcessor(value));
        DismissMessages();
    }

    /// <summary>Somebody reads what came since life began; the newest stay.</summary>
    private void DismissMessages()
    {
        foreach (var message in pool.Messages.All.Where(message => message.Number >= _firstMessage).SkipLast(MostMessages))
            pool.Messages.Destroy(message.Ref);
    }

    private DbObject? Candidate()
    {
        var all = pool.Db.All("VM").Where(vm => !vm.Bool("is_control_domain") && !vm.Bool("is_a_template") && MayTouch(vm)).ToList();
        var free = all.Where(IsPlayground).ToList();
        var vms = free.Count > 0 ? free : all;
        return vms.Count == 0 ? null : vms[_random.Next(vms.Count)];
    }

    private bool MayTouch(DbObject vm) => vm.Text("power_state") == "Running" || _stopped.ContainsKey(vm.Ref);

    private static bool IsPlayground(DbObject vm) =>
        vm.Text("name_label").Split('-').Intersect(s_playgrounds).Any() || vm["tags"].AsTexts.Intersect(s_playgrounds).Any();

    private DbObject? Destination(DbObject vm)
    {
        var home = vm.Text("resident_on");
        var others = Behaviour.Placement.PossibleHosts(vm).Where(host => host.Ref != home).ToList();
        return others.Count == 0 ? null : others[_random.Next(others.Count)];
    }
}
