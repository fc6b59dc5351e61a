using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>
/// Where a VM belongs: the host it is on; otherwise the host of the first disk that only one host can reach; otherwise the pool. A VM on a
/// host that does not show belongs nowhere: another place would be a lie.
/// </summary>
internal static class VmPlace
{
    public static void Write(XoShape shape, Vm vm)
    {
        if (!vm.ResidentOn.IsNull)
            shape.Link("$container"u8, vm.ResidentOn);
        else if (HostOfDisks(shape, vm) is { } host)
            shape.Link("$container"u8, host);
        else
            shape.Json.WriteString("$container"u8, shape.Pool.Uuid);
    }

    private static Host? HostOfDisks(XoShape shape, Vm vm)
    {
        foreach (var drive in vm.Vbds)
            if (shape.Read(drive, VbdFields.Type, VbdFields.Vdi) is { Type: VbdType.Disk } vbd && shape.Read(vbd.Vdi, VdiFields.Sr) is { } disk
                && shape.Read(disk.Sr, SrFields.Shared, SrFields.Pbds) is { Shared: false } sr && SrShape.HostOf(shape, sr) is { } host)
                return host;
        return null;
    }
}
