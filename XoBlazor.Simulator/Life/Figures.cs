using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Life;

/// <summary>The figures that a host reports of itself and its guests: memory in use, memory free, when it last spoke.</summary>
internal sealed class Figures(PoolSimulator pool, int seed)
{
    private const long MiB = 1L << 20;

    /// <summary>How long the lists of what runs are good for, in moves.</summary>
    private const int Freshness = 500;

    private readonly Random _random = new(seed);
    private IReadOnlyList<DbObject> _hosts = [];
    private IReadOnlyList<DbObject> _guests = [];
    private int _moves = Freshness;

    /// <summary>Moves one figure of one object.</summary>
    public void Move()
    {
        if (++_moves > Freshness) Refresh();
        if (_guests.Count == 0 || _random.Next(12) == 0) MoveHost();
        else MoveGuest(_guests[_random.Next(_guests.Count)]);
    }

    private void Refresh()
    {
        _moves = 0;
        _hosts = pool.Db.All("host");
        _guests = [.. _hosts.SelectMany(host => host.FollowAll("resident_VMs", "VM"))];
    }

    private void MoveHost() => pool.Db.Update(() =>
    {
        if (_hosts[_random.Next(_hosts.Count)].Follow("metrics", "host_metrics") is not { } metrics || !metrics.Bool("live")) return;
        var total = metrics.Int("memory_total");
        metrics["memory_free"] = Math.Clamp(metrics.Int("memory_free") + (_random.Next(-64, 65) * MiB), total / 50, total);
        metrics["last_updated"] = pool.Now;
    });

    private void MoveGuest(DbObject vm) => pool.Db.Update(() =>
    {
        if (!vm.Exists || vm.Follow("metrics", "VM_metrics") is not { } metrics) return;
        var most = Math.Max(64 * MiB, vm.Int("memory_dynamic_max"));
        var now = metrics.Int("memory_actual") is > 0 and var known ? known : most;
        metrics["memory_actual"] = Math.Clamp(now + (_random.Next(-8, 9) * MiB), most * 9 / 10, most);
        if (_random.Next(8) == 0 && vm.Follow("guest_metrics", "VM_guest_metrics") is { } guest) guest["last_updated"] = pool.Now;
    });
}
