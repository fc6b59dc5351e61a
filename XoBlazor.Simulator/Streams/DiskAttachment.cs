using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams;

/// <summary>A disk attached to a host's control domain while its content is read or written: clients see the drive come and go.</summary>
internal sealed class DiskAttachment : IDisposable
{
    private readonly DbObject _vdi;
    private readonly DbObject? _vbd;

    private DiskAttachment(DbObject vdi, DbObject? vbd) => (_vdi, _vbd) = (vdi, vbd);

    /// <exception cref="XapiException">VDI_IN_USE: somebody has it, and one of both wants to write.</exception>
    public static DiskAttachment Begin(DbObject vdi, string hostRef, bool writes) => vdi.Db.Update(() =>
    {
        if (vdi.FollowAll("VBDs", "VBD").Any(vbd => VbdOperations.IsInUse(vbd) && (writes || vbd.Text("mode") == "RW")))
            throw new XapiException("VDI_IN_USE", vdi.Ref, "attach");
        var domain = vdi.Db.Where("VM", "is_control_domain", true).FirstOrDefault(vm => vm.Text("resident_on") == hostRef);
        var attachment = new DiskAttachment(vdi, domain is null ? null : vdi.Db.Create("VBD",
            ("VM", domain.Ref), ("VDI", vdi.Ref), ("userdevice", "autodetect"), ("mode", writes ? "RW" : "RO"), ("type", "Disk"), ("unpluggable", true),
            ("currently_attached", true), ("metrics", DeviceMetrics.Create(vdi.Db, "VBD_metrics"))));
        AllowedOperations.Update(vdi);
        return attachment;
    });

    public void Dispose() => _vdi.Db.Update(() =>
    {
        if (_vbd is { Exists: true } vbd) DeviceMetrics.DestroyWith(vbd);
        AllowedOperations.Update(_vdi);
    });
}
