using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Wire;

namespace XoBlazor.Simulator.Streams;

/// <summary>
/// What goes with a VM into its export, and the <c>ova.xml</c> that says so (xapi-protocol.md §8.2): the VM, its guest metrics, drives, disks,
/// interfaces, networks and storage; each reference among them is rewritten to <c>Ref:n</c>, any other is null. Its snapshots stay behind.
/// </summary>
internal sealed class OvaObjects
{
    private static readonly string[] s_order = ["VM", "VM_guest_metrics", "VBD", "VIF", "network", "VDI", "SR"];

    private readonly PoolSimulator _pool;
    private readonly bool _keepsPowerState;
    private readonly Dictionary<string, (string Id, DbObject Target)> _known = [];

    public OvaObjects(PoolSimulator pool, DbObject vm, bool keepsPowerState)
    {
        (_pool, _keepsPowerState) = (pool, keepsPowerState);
        Add(vm);
        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
        {
            Add(vif);
            Add(vif.Follow("network", "network"));
        }

        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
        {
            Add(vbd);
            AddDisk(vbd.Follow("VDI", "VDI"), isContent: vbd.Text("type") != "CD");
        }

        if (keepsPowerState) AddDisk(vm.Follow("suspend_VDI", "VDI"), isContent: true);
        Add(vm.Follow("guest_metrics", "VM_guest_metrics"));
        Disks.Sort((one, other) => string.CompareOrdinal(one.Id, other.Id));
    }

    /// <summary>The disks whose contents follow, in the order in which they do.</summary>
    public List<(string Id, DbObject Vdi)> Disks { get; } = [];

    public byte[] Write() => _pool.Db.Update(() =>
    {
        var objects = s_order.SelectMany(type => _known.Values.Where(known => known.Target.Class == type)).Select(known => XapiValue.MapOf(
            ("class", known.Target.Class), ("id", known.Id), ("snapshot", Snapshot(known.Target))));
        var output = new StringBuilder();
        XmlText.WriteValue(output, XapiValue.MapOf(("version", Version()), ("objects", new SetValue([.. objects]))));
        return Encoding.UTF8.GetBytes(output.ToString());
    });

    private string? Add(DbObject? target)
    {
        if (target is null) return null;
        if (_known.TryGetValue(target.Ref, out var known)) return known.Id;
        var id = $"Ref:{_known.Count}";
        _known.Add(target.Ref, (id, target));
        return id;
    }

    private void AddDisk(DbObject? vdi, bool isContent)
    {
        if (vdi is null) return;
        var id = Add(vdi)!;
        if (isContent && !Disks.Exists(disk => disk.Id == id)) Disks.Add((id, vdi));
        Add(vdi.Follow("SR", "SR"));
    }

    private MapValue Version()
    {
        var host = _pool.Db.Coordinator;
        var software = host["software_version"].AsMap;
        return XapiValue.MapOf(
            ("hostname", host.Text("hostname")), ("date", _pool.Now), ("product_version", Software("product_version")), ("product_brand", Software("product_brand")),
            ("build_number", Software("build_number")), ("xapi_major", host.Int("API_version_major")), ("xapi_minor", host.Int("API_version_minor")), ("export_vsn", 2));

        XapiValue Software(string key) => software[key] ?? "";
    }

    private MapValue Snapshot(DbObject target) => XapiValue.MapOf(_pool.Db.StateOf(target.Class, target.Ref).Schema.Fields
        .Where(field => !field.Fact.IsInternal)
        .Select(field => (field.Fact.Name, Exported(target, field))));

    private XapiValue Exported(DbObject target, FieldSchema field) => (target.Class, field.Fact.Name) switch
    {
        (_, "current_operations") => XapiValue.EmptyMap,
        (_, "allowed_operations") => XapiValue.EmptySet,
        ("VM", "power_state") when !_keepsPowerState => "Halted",
        ("VM" or "VDI", "is_a_snapshot") => false,
        ("VM" or "VDI", "snapshot_time") => XapiValue.Never,
        ("VM", "domid") => -1,
        (_, var name) => Rewritten(target[name], field.Fact.Type),
    };

    private XapiValue Rewritten(XapiValue value, XapiType type) => type switch
    {
        { Kind: TypeKind.Ref } => Known(value.AsText) is { } id ? id : XapiValue.NullRef,
        { Kind: TypeKind.Set, Item.Kind: TypeKind.Ref } => XapiValue.SetOf(value.AsTexts.Select(Known).OfType<string>()),
        { Kind: TypeKind.Map, Item.Kind: TypeKind.Ref } or { Kind: TypeKind.Map, Key.Kind: TypeKind.Ref } => XapiValue.EmptyMap,
        _ => value,
    };

    private string? Known(string reference) => _known.TryGetValue(reference, out var known) ? known.Id : null;
}
