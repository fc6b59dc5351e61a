using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>An operation that is one asynchronous call on a VM: the VM's reference, then fixed arguments.</summary>
internal sealed class VmCall(string name, Right right, string method, VmOperation allowed, params XapiValue[] arguments)
    : Operation(name, right, XapiClass.Vm)
{
    public override string? Obstacle(PoolPicture pool, XapiObject target) => VmObstacles.To(allowed, (Vm)target);

    internal override Task<XenRef<XapiTask>> BeginAsync(XapiConnection connection, XapiObject target, OperationArguments given, CancellationToken token) =>
        connection.StartAsync(method, [target.Ref, .. arguments], token);
}
