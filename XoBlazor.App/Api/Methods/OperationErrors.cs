using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.Methods;

/// <summary>What did not work, in Xen Orchestra's codes: the table of xo-server's <c>xo-mixins/api.mjs</c> for a host's failures, and the same for what was refused before any host was asked.</summary>
internal static class OperationErrors
{
    /// <summary>An operation that was not begun.</summary>
    public static ApiException Of(OperationRefusedException refused, Operation operation, PoolPicture pool, XapiObject target, string method) => refused.Reason switch
    {
        RefusalReason.NotThere => ApiException.NoSuchObject(refused.About ?? XoIds.Of(pool, target)),
        RefusalReason.NoRight => ApiException.Unauthorized(PermissionOf(operation.Right), refused.About, reason: refused.Message),
        RefusalReason.BadArguments => new(ApiErrorCode.InvalidParameters, refused.Message, new JsonObject { ["errors"] = new JsonArray() }),
        RefusalReason.OutOfReach => new(ApiErrorCode.ServerUnreachable, refused.Message, new JsonObject { ["objectId"] = pool.Uuid }),
        RefusalReason.Vetoed => ApiException.Forbidden(method, refused.Message),
        RefusalReason.Impossible => OfState(refused.Message, operation, pool, target, method),
    };

    /// <summary>An operation that a host gave up.</summary>
    /// <param name="idOf">The id of an object by its reference; null for what the requester may not view.</param>
    public static ApiException Of(OperationResult result, PoolPicture pool, Func<string, string?> idOf)
    {
        var parts = result.Code?.Split(' ') ?? [];
        string? At(int place) => place < parts.Length ? parts[place] : null;
        var about = new JsonObject { ["objectId"] = At(1) is { } reference ? idOf(reference) : null };
        ApiException Coded(int code, params (string Name, JsonNode? Value)[] more)
        {
            foreach (var (name, value) in more)
                about[name] = value;
            return new(code, result.Message, about);
        }

        return At(0) switch
        {
            "NO_HOSTS_AVAILABLE" => new(ApiErrorCode.NoHostsAvailable, result.Message),
            "SESSION_AUTHENTICATION_FAILED" => new(ApiErrorCode.AuthenticationFailed, result.Message),
            "VM_MISSING_PV_DRIVERS" => Coded(ApiErrorCode.VmMissingPvDrivers),
            "VM_IS_TEMPLATE" => Coded(ApiErrorCode.VmIsTemplate),
            "VM_BAD_POWER_STATE" => Coded(ApiErrorCode.VmBadPowerState, ("expected", At(2)), ("actual", At(3))),
            "VM_LACKS_FEATURE" => Coded(ApiErrorCode.VmLacksFeature, ("feature", At(2))),
            "VM_LACKS_FEATURE_SHUTDOWN" => Coded(ApiErrorCode.VmLacksFeature, ("feature", "shutdown")),
            "NOT_SUPPORTED_DURING_UPGRADE" => new(ApiErrorCode.NotSupportedDuringUpgrade, result.Message),
            "PIF_VLAN_EXISTS" => Coded(ApiErrorCode.ObjectAlreadyExists, ("objectType", "PIF")),
            "VDI_IN_USE" => Coded(ApiErrorCode.VdiInUse, ("operation", At(2))),
            "HOST_OFFLINE" => Coded(ApiErrorCode.HostOffline),
            "OPERATION_BLOCKED" => Coded(ApiErrorCode.OperationBlocked, ("code", At(2))),
            { } code => new(ApiErrorCode.Unknown, result.Message, new JsonObject { ["code"] = code }),
            null => new(ApiErrorCode.Unknown, result.Message),
        };
    }

    // The picture knows what a host would say; clients look for its codes.
    private static ApiException OfState(string words, Operation operation, PoolPicture pool, XapiObject target, string method)
    {
        var about = new JsonObject { ["objectId"] = XoIds.Of(pool, target) };
        switch (target)
        {
            case Host host when !pool.IsHostLive(host) && operation.Name is not ("host.power_on" or "host.forget"):
                return new(ApiErrorCode.HostOffline, words, about);
            case Vdi disk when operation.Name == "vdi.delete" && pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached):
                about["operation"] = EnumText<VdiOperation>.Wire(VdiOperation.Destroy);
                return new(ApiErrorCode.VdiInUse, words, about);
            case Vm vm when Expected(operation.Name) is { } expected:
                return OfPower(words, operation, vm, expected, about, method);
            default:
                return ApiException.Forbidden(method, words);
        }
    }

    private static ApiException OfPower(string words, Operation operation, Vm vm, VmPowerState[] expected, JsonObject about, string method)
    {
        foreach (var (blocked, reason) in vm.BlockedOperations)
            if (EnumText<VmOperation>.Wire(blocked) is var name && operation.Name.EndsWith("." + name, StringComparison.Ordinal))
            {
                about["code"] = reason;
                return new(ApiErrorCode.OperationBlocked, words, about);
            }

        if (!expected.Contains(vm.PowerState))
        {
            about["expected"] = expected.Length == 1 ? State(expected[0]) : new JsonArray([.. expected.Select(state => (JsonNode)State(state))]);
            about["actual"] = State(vm.PowerState);
            return new(ApiErrorCode.VmBadPowerState, words, about);
        }

        // In the right state, not busy and yet not allowed: the guest cannot be asked.
        return operation.Name is "vm.clean_shutdown" or "vm.clean_reboot" or "vm.suspend" && vm.CurrentOperations.Count == 0
            ? new(ApiErrorCode.VmMissingPvDrivers, words, about)
            : ApiException.Forbidden(method, words);
    }

    private static VmPowerState[]? Expected(string operation) => operation switch
    {
        "vm.start" or "vm.start_on" or "vm.recovery_start" => [VmPowerState.Halted],
        "vm.clean_shutdown" or "vm.clean_reboot" or "vm.suspend" or "vm.pause" => [VmPowerState.Running],
        "vm.hard_reboot" => [VmPowerState.Running, VmPowerState.Paused],
        "vm.hard_shutdown" => [VmPowerState.Running, VmPowerState.Paused, VmPowerState.Suspended],
        "vm.unpause" => [VmPowerState.Paused],
        "vm.resume" => [VmPowerState.Suspended],
        _ => null,
    };

    private static string State(VmPowerState state) => EnumText<VmPowerState>.Wire(state).ToLowerInvariant();

    private static string PermissionOf(Right right) => right.Level switch
    {
        RightLevel.Read => "view",
        RightLevel.Operate => "operate",
        RightLevel.Manage or RightLevel.Administer => "administrate",
    };
}
