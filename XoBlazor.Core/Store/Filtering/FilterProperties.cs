using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// The names a filter may use on one class: Xen Orchestra's where it has one, then every field under its wire name. Case does not matter.
/// Where both would clash (an SR's <c>type</c>) the field is found as <c>SR_type</c>.
/// </summary>
public sealed class FilterProperties
{
    private static readonly ConcurrentDictionary<XapiClass, FilterProperties> s_all = new();

    private readonly FrozenDictionary<string, FilterProperty> _byName;

    private FilterProperties(XapiClass type)
    {
        var fields = FieldProperties.Of(type).ToList();
        var own = NamesOf(type, fields.ToDictionary(f => f.Name, StringComparer.Ordinal)).ToList();
        var all = own.Concat(fields).DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToList();
        _byName = all.ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        All = [.. all.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
        var prefixed = fields.Where(f => own.Any(o => o.Name == f.Name)).Select(f => f.As($"{XapiCodec.For(type).WireName}_{f.Name}"));
        Searched = new(type, SearchedOf(type) is { Length: > 0 } names
            ? [.. names.Select(n => _byName[n]), .. type == XapiClass.Vm ? AroundVm(_byName) : []]
            : [.. All.Where(p => p.Kind is FilterValueKind.Text or FilterValueKind.Choice or FilterValueKind.List or FilterValueKind.Map)]);
        _byName = all.Concat(prefixed).DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All names, in alphabetical order, for completion.</summary>
    public ImmutableArray<FilterProperty> All { get; }

    /// <summary>Where a bare word is looked for.</summary>
    internal Several Searched { get; }

    public static FilterProperties Of(XapiClass type) => s_all.GetOrAdd(type, static t => new(t));

    public FilterProperty? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The name that was probably meant.</summary>
    internal string? Nearest(string name) => All
        .Select(p => (p.Name, Distance: Distance(p.Name.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(p => p.Distance <= Math.Max(1, name.Length / 3)).OrderBy(p => p.Distance).Select(p => p.Name).FirstOrDefault();

    private static string[] SearchedOf(XapiClass type) => type switch
    {
        XapiClass.Vm => ["name_label", "name_description", "uuid", "tags", "power_state", "type"],
        XapiClass.Host => ["name_label", "name_description", "uuid", "tags", "address", "hostname", "version"],
        XapiClass.Sr => ["name_label", "name_description", "uuid", "tags", "SR_type", "content_type", "host"],
        XapiClass.Vdi => ["name_label", "name_description", "uuid", "tags", "location", "SR"],
        XapiClass.Network => ["name_label", "name_description", "uuid", "tags", "bridge"],
        XapiClass.Pool => ["name_label", "name_description", "uuid", "tags"],
        XapiClass.XapiTask => ["name_label", "name_description", "uuid", "status", "error_info"],
        XapiClass.XapiMessage => ["name", "body", "uuid", "obj_uuid", "cls", "object"],
        _ => [],
    };

    private static IEnumerable<FilterProperty> NamesOf(XapiClass type, Dictionary<string, FilterProperty> fields)
    {
        yield return new TextProperty("type", TypeName, isExact: true);
        yield return new TextProperty("id", static (p, o) => p.Key(o).Uuid, isExact: true);
        yield return new TextProperty("uuid", static o => o.Uuid);
        var pool = new ObjectProperty("$pool", new(XapiClass.Pool, static (p, _) => (XapiObject?)p.Pool));
        yield return pool;
        yield return pool.As("$poolId");
        if (type != XapiClass.Pool)
            yield return pool.As("pool");
        foreach (var property in type switch
        {
            XapiClass.Vm => OfVm(fields),
            XapiClass.Host => OfHost(),
            XapiClass.Sr => OfSr(fields),
            XapiClass.Vdi => OfVdi(fields),
            XapiClass.XapiMessage => OfMessage(fields),
            XapiClass.Vbd or XapiClass.Vif or XapiClass.Pif or XapiClass.Pbd => Links(fields),
            _ => [],
        })
            yield return property;
    }

    private static IEnumerable<FilterProperty> OfVm(Dictionary<string, FilterProperty> fields)
    {
        var host = new ObjectProperty("host", new(
            XapiClass.Host, static (p, o) => (XapiObject?)p.HostOf((Vm)o), static (p, o) => p.VmsMaybeAt((Host)o)));
        yield return host;
        yield return host.As("$container");
        var guest = (ObjectProperty)fields["guest_metrics"];
        var addresses = guest.Asking("addresses", Of(XapiClass.VmGuestMetrics).Find("networks")!);
        yield return addresses;
        yield return addresses.As("ip");
        yield return guest.Asking("mainIpAddress", new TextProperty("", static o => GuestFacts.MainAddressOf((VmGuestMetrics)o)?.ToString()));
        yield return guest.Asking("os", new TextProperty("", static o => GuestFacts.OsNameOf((VmGuestMetrics)o)), ifNone: "");
        yield return guest.Asking("os_version", Of(XapiClass.VmGuestMetrics).Find("os_version")!);
        var cpus = new NumberProperty("CPUs", static (p, o) => p.VcpusOf((Vm)o));
        yield return new Structure("CPUs", cpus, ("number", cpus), ("max", fields["VCPUs_max"]));
        var memory = new NumberProperty("memory", static (p, o) => p.MemoryOf((Vm)o));
        yield return new Structure("memory", memory, ("size", memory));
        yield return new NumberProperty("startTime", static (p, o) => p.StartedAt((Vm)o)?.ToUnixTimeSeconds());
        yield return new TextProperty("tools", static (p, o) => p.ToolsOf((Vm)o).State.ToString(), isExact: false, [.. Enum.GetNames<GuestToolsState>()]);
        yield return fields["domain_type"].As("virtualizationMode");
        yield return fields["snapshot_of"].As("$snapshot_of");
        yield return fields["VBDs"].As("$VBDs");
        yield return fields["VIFs"].As("$VIFs");
        yield return new ObjectProperty("VDIs", new(XapiClass.Vdi, static (p, o) => p.DisksOf((Vm)o).Select(d => d.Vdi).OfType<Vdi>()));
        yield return new ObjectProperty("networks", new(XapiClass.Network, static (p, o) => p.NetworkDevicesOf((Vm)o).Select(d => d.Network).OfType<Network>()));
    }

    /// <summary>Where a bare word is looked for around a VM: its host's name, and the addresses and the operating system that its guest reports.</summary>
    private static FilterProperty[] AroundVm(IReadOnlyDictionary<string, FilterProperty> vm) =>
    [
        ((ObjectProperty)vm["resident_on"]).Asking("", Of(XapiClass.Host).Find("name_label")!),
        ((ObjectProperty)vm["guest_metrics"]).Asking("", new Several(
            XapiClass.VmGuestMetrics,
            Of(XapiClass.VmGuestMetrics).Find("networks")!,
            new TextProperty("", static o => ((VmGuestMetrics)o).OsVersion.GetValueOrDefault("name")))),
    ];

    private static IEnumerable<FilterProperty> OfHost()
    {
        var total = new NumberProperty("memory", static (p, o) => p.MemoryOf((Host)o).Total);
        yield return new Structure("memory", total, ("size", total), ("usage", new NumberProperty("usage", static (p, o) => p.MemoryOf((Host)o).Used)),
            ("free", new NumberProperty("free", static (p, o) => p.MemoryOf((Host)o).Free)));
        var cpus = new NumberProperty("CPUs", static (p, o) => p.CpusOf((Host)o));
        yield return new Structure("cpus", cpus, ("cores", cpus));
        yield return new TextProperty("version", static o => HostFacts.ProductOf((Host)o));
        yield return new TextProperty("power_state", static (p, o) => p.IsHostLive((Host)o) ? "Running" : "Halted", isExact: false, "Running", "Halted");
        yield return new TruthProperty("coordinator", static (p, o) => p.IsCoordinator((Host)o));
        yield return new ObjectProperty("VMs", new(XapiClass.Vm, static (p, o) => p.VmsOn((Host)o)));
    }

    private static IEnumerable<FilterProperty> OfSr(Dictionary<string, FilterProperty> fields)
    {
        yield return fields["type"].As("SR_type");
        yield return fields["physical_size"].As("size");
        yield return fields["physical_utilisation"].As("physical_usage");
        yield return fields["virtual_allocation"].As("usage");
        yield return new NumberProperty("free", static o => SrFacts.UseOf((Sr)o).Free);
        yield return new NumberProperty("used_percent", static o => SrFacts.UseOf((Sr)o).Share * 100);
        var host = new ObjectProperty("host", new(XapiClass.Host, static (p, o) => (XapiObject?)p.HostOf((Sr)o)));
        yield return host;
        yield return host.As("$container");
        yield return new TextProperty("connection", static (p, o) => p.ConnectionOf((Sr)o).ToString(), isExact: true, [.. Enum.GetNames<SrConnection>()]);
    }

    private static IEnumerable<FilterProperty> OfVdi(Dictionary<string, FilterProperty> fields)
    {
        yield return fields["type"].As("VDI_type");
        yield return fields["virtual_size"].As("size");
        yield return fields["physical_utilisation"].As("usage");
        yield return fields["SR"].As("$SR");
        yield return fields["VBDs"].As("$VBDs");
        yield return fields["snapshot_of"].As("$snapshot_of");
        yield return new ObjectProperty("VMs", new(XapiClass.Vm, static (p, o) => p.VmsUsing((Vdi)o)));
    }

    private static IEnumerable<FilterProperty> OfMessage(Dictionary<string, FilterProperty> fields)
    {
        yield return new TextProperty("object", static (p, o) => p.ObjectOf((XapiMessage)o) is { } there ? ObjectNames.OwnName(there) ?? "" : null);
        yield return fields["obj_uuid"].As("$object");
        yield return fields["timestamp"].As("time");
    }

    private static IEnumerable<FilterProperty> Links(Dictionary<string, FilterProperty> fields) =>
        new[] { "VM", "VDI", "network", "host", "SR" }.Where(fields.ContainsKey).Select(n => fields[n].As("$" + n));

    private static string TypeName(XapiObject value) => value switch
    {
        Vm vm => vm.Kind() switch
        {
            VmKind.Vm => "VM",
            VmKind.Template or VmKind.DefaultTemplate => "VM-template",
            VmKind.Snapshot => "VM-snapshot",
            VmKind.ControlDomain => "VM-controller",
        },
        Vdi { IsASnapshot: true } => "VDI-snapshot",
        Vdi { Managed: false } => "VDI-unmanaged",
        _ => XapiCodec.For(value.Class).WireName,
    };

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }

    /// <summary>A value with parts: <c>memory:&gt;4GiB</c> and <c>memory:size:&gt;4GiB</c>.</summary>
    private sealed class Structure(string name, FilterProperty itself, params (string Name, FilterProperty Property)[] parts) : FilterProperty(name, itself.Kind)
    {
        internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => itself.Any(pool, value, test);

        internal override FilterProperty? Sub(string name) =>
            parts.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Property;
    }
}
