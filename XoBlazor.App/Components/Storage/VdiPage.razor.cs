using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Storage;

/// <summary>One disk, or an image of an ISO library.</summary>
public sealed partial class VdiPage
{
    public override string Kind => IsIso ? "ISO" : "disk";

    public override string ListUrl => IsIso ? "/isos" : "/disks";

    private bool IsIso => Value is Vdi disk && Picture.IsIso(disk);

    private string TypeText => EnumText<VdiType>.Wire(Object.Type);

    private List<Vbd> Links => [.. Picture.Get(Object.Vbds)];

    private List<Vdi> Snapshots => [.. Picture.Get(Object.Snapshots).OrderBy(s => s.SnapshotTime)];

    protected override IEnumerable<XapiObject?> Related()
    {
        List<XapiObject?> all = [Picture.Pool, Picture.Get(Object.Sr), Picture.Get(Object.SnapshotOf), .. Picture.Get(Object.Snapshots)];
        foreach (var link in Picture.Get(Object.Vbds))
            all.AddRange([link, Picture.Get(link.Vm)]);
        return all;
    }
}
