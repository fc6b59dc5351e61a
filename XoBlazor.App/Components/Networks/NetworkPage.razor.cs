using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Networks;

/// <summary>One network.</summary>
public sealed partial class NetworkPage
{
    private List<Vm> _vms = [];

    public override string Kind => "network";

    public override string ListUrl => "/networks";

    protected override IEnumerable<DetailTab> OwnTabs => [new("vms", "VMs", _vms.Count), new("hosts", "Hosts", Object.Pifs.Length)];

    private List<Pif> Ports => [.. Picture.Get(Object.Pifs).OrderBy(p => Picture.Get(p.Host)?.NameLabel, StringComparer.OrdinalIgnoreCase)];

    private string Vlans => string.Join(", ", Picture.Get(Object.Pifs).Select(p => p.Vlan).Where(v => v >= 0).Distinct().Order());

    protected override IEnumerable<XapiObject?> Related()
    {
        _vms = [.. Picture.VmsOn(Object).Where(v => v.Kind() == VmKind.Vm).OrderBy(v => v.NameLabel, StringComparer.OrdinalIgnoreCase)];
        List<XapiObject?> all = [Picture.Pool, .. _vms, .. _vms.Select(v => Picture.Get(v.GuestMetrics))];
        foreach (var port in Picture.Get(Object.Pifs))
            all.AddRange([port, Picture.Get(port.Host)]);
        return all;
    }
}
