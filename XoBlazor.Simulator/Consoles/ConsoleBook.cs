using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// The screens of a pool's running guests. Each is made when somebody first looks and ends with its domain: when the VM goes down, restarts or moves, all who are connected
/// are cut off, as on a real host. Any thread may call.
/// </summary>
internal sealed class ConsoleBook(PoolSimulator pool) : IDisposable
{
    /// <summary>A guest takes so many times as long to boot as an operation.</summary>
    private const int BootFactor = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GuestScreen> _screens = [];
    private readonly ConcurrentDictionary<string, EndPoint> _servers = new(pool.Options.Consoles);
    private readonly ConcurrentDictionary<string, int> _viewers = [];
    private Task? _watching;

    /// <summary>The screen of a VM that runs.</summary>
    public GuestScreen Of(DbObject vm)
    {
        GuestScreen? over;
        GuestScreen screen;
        lock (_gate)
        {
            _watching ??= WatchAsync();
            if (_screens.TryGetValue(vm.Ref, out over) && !IsOver(over)) return over;
            screen = _screens[vm.Ref] = new(vm, BootTimeOf(vm), pool.Time);
        }

        over?.Stop();
        return screen;
    }

    /// <summary>The VNC server that stands behind a VM's console instead of ours; null for none.</summary>
    public EndPoint? ServerOf(DbObject vm) => _servers.GetValueOrDefault(vm.Uuid) ?? _servers.GetValueOrDefault(vm.Text("name_label"));

    /// <summary>Puts a VNC server behind the console of a VM, from the next connection on; null takes it away.</summary>
    public void Serve(string vm, EndPoint? server)
    {
        if (server is null) _servers.TryRemove(vm, out _);
        else _servers[vm] = server;
    }

    /// <summary>How many are connected to a console.</summary>
    public int ViewersOf(DbObject console) => _viewers.GetValueOrDefault(console.Ref);

    public void Enter(DbObject console) => _viewers.AddOrUpdate(console.Ref, 1, (_, count) => count + 1);

    public void Leave(DbObject console) => _viewers.AddOrUpdate(console.Ref, 0, (_, count) => count - 1);

    public void Dispose() => Stop(_ => true);

    /// <summary>What is left of its boot.</summary>
    private TimeSpan BootTimeOf(DbObject vm)
    {
        if (!DateTimeOffset.TryParseExact(
                vm.Follow("metrics", "VM_metrics")?.Text("start_time"), "yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started)) return default;
        var left = started + (pool.Options.OperationDuration * BootFactor) - pool.Time.GetUtcNow();
        return left > TimeSpan.Zero ? left : default;
    }

    private bool IsOver(GuestScreen screen) => pool.Db.Update(() =>
        !screen.Vm.Exists || screen.Vm.Text("power_state") is not ("Running" or "Paused") || GuestScreen.DomainOf(screen.Vm) != screen.Domain);

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                var change = pool.Db.NextChange;
                Stop(IsOver);
                await change.WaitAsync(pool.Stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The pool stops.
        }
    }

    private void Stop(Predicate<GuestScreen> which)
    {
        List<GuestScreen> over;
        lock (_gate)
        {
            over = [.. _screens.Values.Where(screen => which(screen))];
            over.ForEach(screen => _screens.Remove(screen.Vm.Ref));
        }

        over.ForEach(screen => screen.Stop());
    }
}
