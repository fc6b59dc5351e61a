using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.Methods;

/// <summary>The power of VMs, with what Xen Orchestra adds: a start that also resumes, a stop that does not wait for ever.</summary>
internal sealed class VmPowerMethods(OperationVerbs verbs, TimeProvider time) : IApiMethods
{
    private const string Vm = "VM";

    private static readonly ApiParameter s_id = ApiParameter.Text("id");
    private static readonly ApiParameter s_force = ApiParameter.Flag("force").Optional;
    private static readonly ApiParameter s_bypass = ApiParameter.Flag("bypassBlockedOperation").Optional;

    public IEnumerable<ApiMethod> Methods =>
    [
        Of("vm.start", StartAsync, "Starts the VM, or lets it go on when it is paused or suspended.", s_id, s_force, ApiParameter.Text("host").Optional, ApiParameter.Flag("bypassMacAddressesCheck").Optional),
        Of("vm.stop", StopAsync, "Shuts the VM down.", s_id, s_force, ApiParameter.Number("forceShutdownDelay").Or(0), s_bypass),
        Of("vm.restart", call => RunAsync(call, call.Flag("force") ? "vm.hard_reboot" : "vm.clean_reboot", Unblocked(call, s_bypass)), "Reboots the VM.", s_id, s_force, s_bypass),
        Of("vm.resume", call => RunAsync(call, Find(call).Object is { PowerState: VmPowerState.Paused } ? "vm.unpause" : "vm.resume"), "Lets a suspended or paused VM go on.", s_id),
        verbs.Verb("vm.suspend", "vm.suspend", "id", [Vm], [s_id]),
        verbs.Verb("vm.pause", "vm.pause", "id", [Vm], [s_id]),
        verbs.Verb("vm.unpause", "vm.unpause", "id", [Vm], [s_id]),
    ];

    private static ApiMethod Of(string name, Func<ApiCall, ValueTask<ApiResult>> work, string description, params ReadOnlySpan<ApiParameter> parameters) =>
        new(name, ApiPermission.SignedIn, call => work(call)) { Description = description, Parameters = [.. parameters] };

    private static Located<Vm> Find(ApiCall call)
    {
        var found = call.Find("id", Vm);
        return new(found.Pool, (Vm)found.Object);
    }

    private static Located<XapiObject> On(Located<Vm> vm) => new(vm.Pool, vm.Object);

    private async ValueTask<ApiResult> RunAsync(ApiCall call, string operation, JsonObject? arguments = null)
    {
        await verbs.RunAsync(call, On(Find(call)), operation, arguments);
        return ApiResult.Done;
    }

    /// <summary>Whether a block is lifted, as the operations take it.</summary>
    private static JsonObject Unblocked(ApiCall call, ApiParameter flag) => new() { ["force"] = call.Flag(flag.Name) };

    private ValueTask<ApiResult> StartAsync(ApiCall call)
    {
        var found = Find(call);
        var isTwinTaken = call.Flag("bypassMacAddressesCheck") || call.Flag("force");
        switch (found.Object.PowerState)
        {
            case VmPowerState.Paused:
                return RunAsync(call, "vm.unpause");
            case VmPowerState.Suspended:
                return RunAsync(call, "vm.resume");
            // The operation looks as well, and further than the requester sees; here is the code that clients know.
            case VmPowerState.Halted when !isTwinTaken && VmAddresses.Twin(found.Pool, found.Object) is { } mac:
                throw new ApiException(
                    ApiErrorCode.OperationFailed,
                    $"A VM that runs on the same network has the MAC address {mac}, too. Give one of them another, or send bypassMacAddressesCheck.",
                    new JsonObject { ["objectId"] = found.Object.Uuid, ["code"] = "DUPLICATED_MAC_ADDRESS" });
            default:
                var arguments = Unblocked(call, s_force);
                arguments["bypassMacAddressesCheck"] = isTwinTaken;
                if (call.TextOrNull("host") is not { } host)
                    return RunAsync(call, "vm.start", arguments);
                arguments["host"] = host;
                return RunAsync(call, "vm.start_on", arguments);
        }
    }

    private async ValueTask<ApiResult> StopAsync(ApiCall call)
    {
        // As xo-server has it, force is stronger than a block, too.
        if (call.Flag("force"))
            return await RunAsync(call, "vm.hard_shutdown", Unblocked(call, s_force));
        var vm = On(Find(call));
        var wait = call.Number("forceShutdownDelay") is > 0 and var milliseconds ? Duration.OfMilliseconds(milliseconds) : null;
        try
        {
            var run = await verbs.StartAsync(call, vm, verbs.Operation("vm.clean_shutdown"), Unblocked(call, s_bypass));
            if (wait is not { } patience || await IsOverAsync(run.Completion, patience, call.Closed))
                await verbs.EndAsync(call, vm, run);
            else
                await verbs.RunAsync(call, vm, "vm.hard_shutdown", Unblocked(call, s_bypass));
            return ApiResult.Done;
        }
        catch (ApiException failed) when (failed.Code is ApiErrorCode.VmMissingPvDrivers or ApiErrorCode.VmLacksFeature)
        {
            if (wait is not null)
                return await RunAsync(call, "vm.hard_shutdown", Unblocked(call, s_bypass));
            // As xo-server tells this one.
            throw new ApiException(ApiErrorCode.InvalidParameters, "clean shutdown requires PV drivers", new JsonObject { ["errors"] = new JsonArray() });
        }
    }

    private async Task<bool> IsOverAsync(Task completion, TimeSpan patience, CancellationToken closed)
    {
        try
        {
            await completion.WaitAsync(patience, time, closed);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
