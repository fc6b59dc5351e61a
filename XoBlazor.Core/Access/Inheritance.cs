using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>
/// The table of what belongs to what: for every class of XAPI a decision. Everything in a pool belongs to the pool; beyond that only
/// what stands here. <c>docs/access.md</c> shows it, and a test compares the two. A class that is forgotten stops the start.
/// </summary>
public static class Inheritance
{
    private static readonly Relation[]?[] s_table = Table();
    private static readonly FieldSet[] s_ownFields = [.. s_table.Select(r => r!.Aggregate(FieldSet.None, (set, relation) => set | relation.OwnFields))];
    private static readonly FieldSet[] s_holderFields = HolderFields();
    private static readonly Relation[][] s_named = [.. s_table.Select(r => r!.Where(x => x.Holder is null).ToArray())];
    private static readonly (XapiClass Type, int Field, Relation Relation)[][] s_held =
        [.. s_table.Select(r => r!.Where(x => x.Holder is not null).Select(x => (x.Holder!.Value.Type, x.Holder!.Value.Field, x)).ToArray())];

    /// <summary>
    /// For administrators only, wherever else something is granted: the pool's own accounts, sessions (their references are credentials) and secrets.
    /// </summary>
    public static bool IsForAdministratorsOnly(XapiClass type) =>
        type is XapiClass.XapiSession or XapiClass.XapiSecret or XapiClass.XapiUser or XapiClass.XapiSubject or XapiClass.XapiRole;

    /// <summary>What objects of a class belong to besides their pool, in words.</summary>
    public static ImmutableArray<string> ContainersOf(XapiClass type) => [.. s_table[(int)type]!.Select(r => r.Words)];

    internal static ReadOnlySpan<Relation> Of(XapiClass type) => s_table[(int)type];

    /// <summary>Adds what an object belongs to, by all its relations at once: its holders are looked up once for all of them.</summary>
    internal static void AddContainers(in Surroundings around, XapiObject value, RightLevel level, List<XapiObject> into)
    {
        foreach (var relation in s_named[(int)value.Class])
            relation.AddContainers(around, value, level, into);
        var held = s_held[(int)value.Class];
        if (held.Length == 0)
            return;
        AddHolders(around.Pool, held, value, level, into);
        if (around.Gone is { } gone)
            AddHolders(gone, held, value, level, into);
    }

    /// <summary>The fields by which objects of a class say what they belong to.</summary>
    internal static FieldSet OwnFields(XapiClass type) => s_ownFields[(int)type];

    /// <summary>The fields by which objects of a class name what belongs to them.</summary>
    internal static FieldSet HolderFields(XapiClass type) => s_holderFields[(int)type];

    private static void AddHolders(PoolPicture pool, (XapiClass Type, int Field, Relation Relation)[] held, XapiObject value, RightLevel level, List<XapiObject> into)
    {
        foreach (var edge in pool.EdgesTo(value.Ref))
            foreach (var (type, field, relation) in held)
                if (edge.Field == field && edge.Source.Class == type && pool.ObjectAt(edge.Source) is { } holder && relation.Applies(value, holder, level))
                    into.Add(holder);
    }

    private static Relation[]?[] Table()
    {
        var table = new Relation[]?[XapiCodec.All.Length];
        foreach (var type in Enum.GetValues<XapiClass>())
            table[(int)type] = Relations(type);
        return table;
    }

    private static Relation[] Relations(XapiClass type) => type switch
    {
        // What only the pool, or nobody but an administrator, has.
        XapiClass.XapiSession or XapiClass.XapiSubject or XapiClass.XapiRole or XapiClass.XapiUser or XapiClass.XapiSecret => [],
        XapiClass.Pool or XapiClass.Host or XapiClass.Network => [],
        XapiClass.PoolPatch or XapiClass.PoolUpdate or XapiClass.UpdateRepository => [],
        XapiClass.Vmpp or XapiClass.Vmss or XapiClass.VmAppliance or XapiClass.VmGroup or XapiClass.DrTask => [],
        XapiClass.Sm or XapiClass.SrStat or XapiClass.ProbeResult or XapiClass.Lvhd or XapiClass.DataSource or XapiClass.VdiNbdServerInfo => [],
        XapiClass.GpuGroup or XapiClass.VgpuType or XapiClass.UsbGroup => [],
        XapiClass.PvsSite or XapiClass.Cluster or XapiClass.SdnController or XapiClass.XapiObserver or XapiClass.Caller or XapiClass.RateLimit => [],

        XapiClass.Vm =>
        [
            new Relation.To<Vm>(VmFields.SnapshotOf, "a snapshot: the VM it was taken of", v => v.IsASnapshot ? v.SnapshotOf.Value : null),
            new Relation.To<Vm>(VmFields.ResidentOn, "a control domain: its host", v => v.IsControlDomain ? v.ResidentOn.Value : null),
        ],
        XapiClass.VmMetrics => [new Relation.From<VmMetrics>(XapiClass.Vm, VmFields.Metrics, "its VM")],
        XapiClass.VmGuestMetrics => [new Relation.From<VmGuestMetrics>(XapiClass.Vm, VmFields.GuestMetrics, "its VM")],
        XapiClass.VmConsole => [new Relation.To<VmConsole>(VmConsoleFields.Vm, "its VM", c => c.Vm.Value)],
        XapiClass.Vbd => [new Relation.To<Vbd>(VbdFields.Vm, "its VM", b => b.Vm.Value)],
        XapiClass.VbdMetrics => [new Relation.From<VbdMetrics>(XapiClass.Vbd, VbdFields.Metrics, "its VBD")],
        XapiClass.Vif => [new Relation.To<Vif>(VifFields.Vm, "its VM", v => v.Vm.Value)],
        XapiClass.VifMetrics => [new Relation.From<VifMetrics>(XapiClass.Vif, VifFields.Metrics, "its VIF")],
        XapiClass.Vtpm => [new Relation.To<Vtpm>(VtpmFields.Vm, "its VM", t => t.Vm.Value)],
        XapiClass.Vusb => [new Relation.To<Vusb>(VusbFields.Vm, "its VM", u => u.Vm.Value)],
        XapiClass.Vgpu => [new Relation.To<Vgpu>(VgpuFields.Vm, "its VM", g => g.Vm.Value)],
        XapiClass.CrashDump => [new Relation.To<CrashDump>(CrashDumpFields.Vm, "its VM", d => d.Vm.Value)],
        XapiClass.PvsProxy => [new Relation.To<PvsProxy>(PvsProxyFields.Vif, "its VIF", p => p.Vif.Value)],

        XapiClass.Sr =>
        [
            new Relation.From<Sr>(XapiClass.Pbd, PbdFields.Sr, "not shared: the PBD of the host that has it", (sr, _, _) => !sr.Shared),
        ],
        XapiClass.Vdi =>
        [
            new Relation.To<Vdi>(VdiFields.Sr, "its SR", d => d.Sr.Value),
            new Relation.To<Vdi>(VdiFields.SnapshotOf, "a snapshot: the VDI it was taken of", d => d.SnapshotOf.Value),
            new Relation.From<Vdi>(XapiClass.Vbd, VbdFields.Vdi, "the VBDs, and so the VMs, that use it; in a CD drive for reading only",
                (_, drive, level) => level == RightLevel.Read || ((Vbd)drive).Type == VbdType.Disk),
            new Relation.From<Vdi>(XapiClass.Vm, VmFields.SuspendVdi, "the VM whose memory it keeps"),
        ],
        XapiClass.Pbd =>
        [
            new Relation.To<Pbd>(PbdFields.Host, "its host", b => b.Host.Value),
            new Relation.To<Pbd>(PbdFields.Sr, "its SR", b => b.Sr.Value),
        ],
        XapiClass.PvsCacheStorage =>
        [
            new Relation.To<PvsCacheStorage>(PvsCacheStorageFields.Host, "its host", c => c.Host.Value),
            new Relation.To<PvsCacheStorage>(PvsCacheStorageFields.Sr, "its SR", c => c.Sr.Value),
        ],
        XapiClass.PvsServer => [new Relation.To<PvsServer>(PvsServerFields.Site, "its PVS site", s => s.Site.Value)],

        XapiClass.HostMetrics => [new Relation.From<HostMetrics>(XapiClass.Host, HostFields.Metrics, "its host")],
        XapiClass.HostCpu => [new Relation.To<HostCpu>(HostCpuFields.Host, "its host", c => c.Host.Value)],
        XapiClass.HostCrashdump => [new Relation.To<HostCrashdump>(HostCrashdumpFields.Host, "its host", d => d.Host.Value)],
        XapiClass.HostPatch => [new Relation.To<HostPatch>(HostPatchFields.Host, "its host", p => p.Host.Value)],
        XapiClass.HostFeature => [new Relation.To<HostFeature>(HostFeatureFields.Host, "its host", f => f.Host.Value)],
        XapiClass.HostDriver => [new Relation.To<HostDriver>(HostDriverFields.Host, "its host", d => d.Host.Value)],
        XapiClass.DriverVariant => [new Relation.To<DriverVariant>(DriverVariantFields.Driver, "its driver", v => v.Driver.Value)],
        XapiClass.Certificate => [new Relation.To<Certificate>(CertificateFields.Host, "its host", c => c.Host.Value)],
        XapiClass.Pci => [new Relation.To<Pci>(PciFields.Host, "its host", p => p.Host.Value)],
        XapiClass.Pgpu => [new Relation.To<Pgpu>(PgpuFields.Host, "its host", g => g.Host.Value)],
        XapiClass.Pusb => [new Relation.To<Pusb>(PusbFields.Host, "its host", u => u.Host.Value)],
        XapiClass.ClusterHost => [new Relation.To<ClusterHost>(ClusterHostFields.Host, "its host", h => h.Host.Value)],
        XapiClass.Pif => [new Relation.To<Pif>(PifFields.Host, "its host", p => p.Host.Value)],
        XapiClass.PifMetrics => [new Relation.From<PifMetrics>(XapiClass.Pif, PifFields.Metrics, "its PIF")],
        XapiClass.Bond => [new Relation.To<Bond>(BondFields.Master, "its PIF", b => b.Master.Value)],
        XapiClass.Vlan => [new Relation.To<Vlan>(VlanFields.UntaggedPif, "its PIF", v => v.UntaggedPif.Value)],
        XapiClass.Tunnel => [new Relation.To<Tunnel>(TunnelFields.AccessPif, "its PIF", t => t.AccessPif.Value)],
        XapiClass.NetworkSriov => [new Relation.To<NetworkSriov>(NetworkSriovFields.PhysicalPif, "its physical PIF", n => n.PhysicalPif.Value)],

        XapiClass.XapiMessage => [new Relation.OfMessage()],
        XapiClass.XapiTask =>
        [
            .. Enum.GetValues<XapiClass>().Where(c => LooseReferences.OperationsField(c) >= 0 && c != XapiClass.XapiTask)
                .Select(c => new Relation.From<XapiTask>(c, LooseReferences.OperationsField(c), $"the {XapiCodec.For(c).WireName} in whose `current_operations` it is")),
            new Relation.OfWork(),
            new Relation.OfTask(),
            new Relation.To<XapiTask>(XapiTaskFields.SubtaskOf, "the task it is part of", t => t.SubtaskOf.Value),
        ],
        XapiClass.Blob =>
        [
            new Relation.From<Blob>(XapiClass.Vm, VmFields.Blobs, "the VM that has it"),
            new Relation.From<Blob>(XapiClass.Host, HostFields.Blobs, "the host that has it"),
            new Relation.From<Blob>(XapiClass.Sr, SrFields.Blobs, "the SR that has it"),
            new Relation.From<Blob>(XapiClass.Network, NetworkFields.Blobs, "the network that has it"),
            new Relation.From<Blob>(XapiClass.Pool, PoolFields.Blobs, "the pool that has it"),
        ],
    };

    private static FieldSet[] HolderFields()
    {
        var fields = new FieldSet[s_table.Length];
        foreach (var relation in s_table.SelectMany(r => r!))
            if (relation.Holder is var (type, field))
                fields[(int)type] = fields[(int)type].With(field);
        return fields;
    }
}
