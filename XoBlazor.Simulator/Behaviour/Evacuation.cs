using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// Hosts emptied: the guests move away in a sliding window. A host is not disabled by it, and when one VM fails no further one begins; those on
/// their way arrive, and then the call fails with that VM's error.
/// </summary>
internal static class Evacuation
{
    /// <summary>So many move at once unless the caller says (<c>evacuation-batch-size</c> of xapi's configuration).</summary>
    private const int DefaultBatch = 10;

    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("host.evacuate", (Func<CallContext, Task>)EvacuateAsync);
        calls.Register("host.assert_can_evacuate", AssertCanEvacuate);
        calls.Register("host.get_vms_which_prevent_evacuation", call => XapiValue.MapOf(
            Obstacles(call.Object("self")).Select(step => (step.Vm.Ref, (XapiValue)XapiValue.SetOf([step.Why!.Code, .. step.Why.Parameters])))));
    }

    private static IEnumerable<EvacuationStep> Obstacles(DbObject host) => EvacuationPlan.For(host).Where(step => step.Why is not null);

    private static void AssertCanEvacuate(CallContext call)
    {
        var obstacles = Obstacles(call.Object("host")).Select(step => string.Join(",", [step.Why!.Code, .. step.Why.Parameters])).ToList();
        if (obstacles.Count > 0) throw new XapiException("CANNOT_EVACUATE_HOST", string.Join("|", obstacles));
    }

    private static async Task EvacuateAsync(CallContext call)
    {
        var host = call.Object("host");
        var plan = EvacuationPlan.For(host);
        if (plan.FirstOrDefault(step => step.Why is not null)?.Why is { } obstacle) throw obstacle;
        if (call.Has("network") && call.OptionalObject("network") is { } network)
        {
            foreach (var step in plan)
                AssertAddress(network, step.Target!);
        }

        var batch = call.Has("evacuate_batch_size") && call.Int("evacuate_batch_size") is > 0 and var wanted ? (int)Math.Min(wanted, plan.Count) : DefaultBatch;
        using var mark = await OperationMark.BeginAsync(call, host, "evacuate");
        await MoveAllAsync(call, plan, batch);
    }

    private static async Task MoveAllAsync(CallContext call, IReadOnlyList<EvacuationStep> plan, int batch)
    {
        var (running, waiting, done) = (new List<Task>(), new Queue<EvacuationStep>(plan), 0);
        XapiException? failure = null;
        while (running.Count > 0 || (failure is null && waiting.Count > 0))
        {
            while (failure is null && running.Count < batch && waiting.TryDequeue(out var step))
                running.Add(MoveAsync(call, step));
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            try
            {
                await ended;
                call.Progress((double)++done / plan.Count);
                call.ThrowIfCancelled();
            }
            catch (XapiException reason)
            {
                failure ??= reason;
            }
        }

        if (failure is not null) throw failure;
    }

    private static async Task MoveAsync(CallContext call, EvacuationStep step)
    {
        var task = SubTask.Begin(call, "Async.VM.pool_migrate");
        try
        {
            if (call.Pool.Faults.FailureOf("VM.pool_migrate", [step.Vm.Ref, step.Target!.Ref]) is { } failure) throw failure;
            await Migration.MoveAsync(call, step.Vm, step.Target, task.Ref);
            task.Succeed("");
        }
        catch (XapiException failure) when (failure.Code == "VM_BAD_POWER_STATE")
        {
            // The VM stopped meanwhile: nothing is left to move.
        }
        finally
        {
            task.Forget();
        }
    }

    /// <summary>Memory goes to the address that the receiving host has on the network that the caller names.</summary>
    private static void AssertAddress(DbObject network, DbObject host)
    {
        var pif = network.FollowAll("PIFs", "PIF").FirstOrDefault(card => card.Text("host") == host.Ref) ?? throw new XapiException("HOST_CANNOT_ATTACH_NETWORK", host.Ref, network.Ref);
        if (pif.Text("IP").Length == 0) throw new XapiException("INTERFACE_HAS_NO_IP", pif.Ref);
    }
}
