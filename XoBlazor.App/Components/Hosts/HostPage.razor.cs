using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Hosts;

/// <summary>One host.</summary>
public sealed partial class HostPage
{
    private List<Vm> _vms = [];

    public override string Kind => "host";

    public override string ListUrl => "/hosts";

    protected override IEnumerable<DetailTab> OwnTabs =>
        [new("vms", "VMs", _vms.Count), new("storage", "Storage", Object.Pbds.Length), new("network", "Network", Object.Pifs.Length), .. (DetailTab[])(IsPast || IsGone ? [] : [DetailTab.Updates]), DetailTab.Statistics];

    private MemoryUse Memory => Picture.MemoryOf(Object);

    private long Vcpus => _vms.Sum(Picture.VcpusOf);

    private string CpuText => Cpu("socket_count") is { Length: > 0 } sockets ? $"{Picture.CpusOf(Object)} in {sockets} sockets" : $"{Picture.CpusOf(Object)}";

    protected override IEnumerable<XapiObject?> Related()
    {
        _vms = [.. Picture.VmsOn(Object).OrderBy(v => v.NameLabel, StringComparer.OrdinalIgnoreCase)];
        List<XapiObject?> all = [Picture.Pool, Picture.Get(Object.Metrics), Picture.ControlDomainOf(Object), .. _vms, .. _vms.Select(v => Picture.Get(v.GuestMetrics))];
        foreach (var link in Picture.Get(Object.Pbds))
            all.AddRange([link, Picture.Get(link.Sr)]);
        foreach (var port in Picture.Get(Object.Pifs))
            all.AddRange([port, Picture.Get(port.Network), Picture.Get(port.Metrics)]);
        return all;
    }

    private string Cpu(string key) => Object.CpuInfo.TryGetValue(key, out var text) ? text : "";

    private string Bios(string key) => Object.BiosStrings.TryGetValue(key, out var text) ? text : "";
}
