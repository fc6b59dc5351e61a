using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// What may be done to an object at this moment, by its class's table. The stored <c>allowed_operations</c> are advice that is computed
/// when something was done; a call is checked on its own (xapi-behaviour.md §2).
/// </summary>
internal static class AllowedOperations
{
    /// <summary>Why this operation may not be done to this object now; null when it may.</summary>
    public static XapiException? Check(DbObject target, string operation) => target.Class switch
    {
        "VM" => VmOperations.Check(target, operation),
        "VBD" => VbdOperations.Check(target, operation),
        "VIF" => VifOperations.Check(target, operation),
        "VDI" => VdiOperations.Check(target, operation),
        "SR" => SrOperations.Check(target, operation),
        "host" => HostOperations.Check(target, operation),
        _ => null,
    };

    /// <summary>Throws what <see cref="Check"/> found.</summary>
    public static void Assert(DbObject target, string operation)
    {
        if (Check(target, operation) is { } refusal) throw refusal;
    }

    /// <summary>Computes and stores the list of one object; silent when the object is gone.</summary>
    public static void Update(DbObject target) => target.Db.Update(() =>
    {
        if (!target.Exists) return;
        IEnumerable<string> operations = target.Class switch
        {
            "VM" => VmOperations.Allowed(target),
            "VBD" => VbdOperations.Order.Where(operation => VbdOperations.Check(target, operation) is null),
            "VIF" => VifOperations.Order.Where(operation => VifOperations.Check(target, operation) is null),
            "VDI" => VdiOperations.Order.Where(operation => VdiOperations.Check(target, operation) is null),
            "SR" => SrOperations.Order.Where(operation => SrOperations.Check(target, operation) is null),
            "host" => HostOperations.Order.Where(operation => HostOperations.Check(target, operation) is null),
            _ => [],
        };
        target["allowed_operations"] = XapiValue.SetOf(operations);
    });

    /// <summary>The VM's devices and the disks behind them, as xapi does after every power operation.</summary>
    public static void UpdateDevicesOf(DbObject vm)
    {
        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
            Update(vif);
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
        {
            Update(vbd);
            if (vbd.Follow("VDI", "VDI") is { } vdi) Update(vdi);
        }
    }

    /// <summary>The first to be recomputed when a domain ends; its drives follow with the end of the operation.</summary>
    public static void UpdateInterfacesAndDisksOf(DbObject vm)
    {
        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
            Update(vif);
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
        {
            if (vbd.Follow("VDI", "VDI") is { } vdi) Update(vdi);
        }
    }

    /// <summary>OTHER_OPERATION_IN_PROGRESS as xapi words it: class, object, what runs, under which task.</summary>
    public static XapiException InProgress(DbObject target)
    {
        var running = target["current_operations"].AsMap.Entries;
        var (operations, tasks) = (running.Select(entry => entry.Value.AsText).ToList(), running.Select(entry => entry.Key).ToList());
        return operations.Count == 1
            ? new XapiException("OTHER_OPERATION_IN_PROGRESS", target.Class, target.Ref, operations[0], tasks[0])
            : new XapiException("OTHER_OPERATION_IN_PROGRESS", target.Class, target.Ref, $"{{{string.Join(",", operations)}}}", $"{{{string.Join(",", tasks)}}}");
    }

    /// <summary>The operations that run on an object.</summary>
    public static IReadOnlyList<string> Running(DbObject target) => [.. target["current_operations"].AsMap.Entries.Select(entry => entry.Value.AsText)];
}
