using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Where one guest goes when its host is emptied: to a host, or nowhere, and then why.</summary>
internal sealed record EvacuationStep(DbObject Vm, DbObject? Target, XapiException? Why);

/// <summary>Where every guest of a host goes when the host is emptied (xapi-behaviour.md §10). The largest find their place first.</summary>
internal static class EvacuationPlan
{
    public static IReadOnlyList<EvacuationStep> For(DbObject host)
    {
        var guests = HostOperations.Guests(host);
        var room = host.Db.All("host").Where(other => other.Ref != host.Ref && IsTarget(other)).ToDictionary(other => other, Placement.FreeMemory);
        return [.. guests.OrderByDescending(Placement.Need).Select(vm => Place(vm, room))];
    }

    private static bool IsTarget(DbObject host) =>
        HostOperations.IsLive(host) && host.Bool("enabled") && !AllowedOperations.Running(host).Any(operation => operation is "evacuate" or "reboot" or "shutdown");

    private static EvacuationStep Place(DbObject vm, Dictionary<DbObject, long> room)
    {
        if (WhyBound(vm) is { } bound) return new(vm, null, bound);
        if (room.Count == 0) return new(vm, null, new("NO_HOSTS_AVAILABLE", vm.Ref));
        var reasons = room.Keys.Select(host => (Host: host, Why: Placement.WhyUnreachable(vm, host) ?? CpuCompatibility.WhyNot(vm, host))).ToList();
        var possible = reasons.Where(pair => pair.Why is null).Select(pair => pair.Host).ToList();
        if (possible.Count == 0) return new(vm, null, reasons[^1].Why);
        var target = possible.OrderByDescending(host => room[host]).ThenBy(host => host.Ref, StringComparer.Ordinal).First();
        if (room[target] < Placement.Need(vm)) return new(vm, null, new("HOST_NOT_ENOUGH_FREE_MEMORY", vm.Ref));
        room[target] -= Placement.Need(vm);
        return new(vm, target, null);
    }

    /// <summary>What keeps a VM where it runs, whatever the other hosts are like.</summary>
    private static XapiException? WhyBound(DbObject vm) =>
        VmOperations.Check(vm, "pool_migrate", isStrict: true) is { Code: not "OTHER_OPERATION_IN_PROGRESS" } refusal ? refusal : null;
}
