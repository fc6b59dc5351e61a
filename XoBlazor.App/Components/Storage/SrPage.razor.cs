using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Storage;

/// <summary>One storage repository.</summary>
public sealed partial class SrPage
{
    private List<Vdi> _disks = [];

    public override string Kind => "SR";

    public override string ListUrl => "/storage";

    protected override IEnumerable<DetailTab> OwnTabs => [new("disks", "Disks", _disks.Count), new("hosts", "Hosts", Object.Pbds.Length), DetailTab.Statistics];

    private SrUse Use => SrFacts.UseOf(Object);

    private List<Pbd> Links => [.. Picture.Get(Object.Pbds).OrderBy(l => Picture.Get(l.Host)?.NameLabel, StringComparer.OrdinalIgnoreCase)];

    protected override IEnumerable<XapiObject?> Related()
    {
        _disks = [.. Picture.DisksIn(Object).OrderBy(d => d.NameLabel, StringComparer.OrdinalIgnoreCase)];
        List<XapiObject?> all = [Picture.Pool, Picture.HostOf(Object), .. _disks];
        foreach (var link in Picture.Get(Object.Pbds))
            all.AddRange([link, Picture.Get(link.Host)]);
        if (OpenTab == "disks")
            foreach (var disk in _disks)
                all.AddRange([.. Picture.Get(disk.Vbds), .. Picture.VmsUsing(disk)]);
        return all;
    }
}
