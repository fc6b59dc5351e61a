using XoBlazor.App.Api.XoObjects.Shapes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>
/// Whose objects may look different when a record changed: found by going back along the reference index, so that nothing has to be remembered
/// between two changes. May name more than need be, never less: a test goes through all that the shapes read. For one picture and one thread.
/// </summary>
internal sealed class XoDependents(PoolPicture pool)
{
    private static readonly FieldSet s_vbd = FieldSet.Of(VbdFields.Type, VbdFields.Vdi);
    private static readonly FieldSet s_chain = FieldSet.Of(VdiFields.PhysicalUtilisation, VdiFields.SmConfig, VdiFields.Uuid);
    private static readonly FieldSet s_sr = FieldSet.Of(SrFields.Shared, SrFields.Pbds);
    private static readonly FieldSet s_pbd = FieldSet.Of(PbdFields.Host, PbdFields.DeviceConfig);
    private static readonly FieldSet s_bonds = FieldSet.Of(PifFields.BondMasterOf, PifFields.BondSlaveOf);

    private ILookup<string, Vdi>? _children;

    /// <summary>Adds the references of all whose objects depend on a record that came, went, or changed its id: those who link to it, and who reads of them.</summary>
    public void AddOfExistence(XapiObject changed, HashSet<string> into)
    {
        AddOfFields(changed, FieldSet.All, into);
        AddReferrers(changed.Ref, into);
        if (changed.Uuid.Length > 0)
            AddReferrers(changed.Uuid, into);
        if (changed is Pool)
            AddAll<Vm>(into);
    }

    /// <summary>Adds the references of all whose objects read one of these fields of the record; the record's own object is not among them.</summary>
    public void AddOfFields(XapiObject changed, FieldSet fields, HashSet<string> into)
    {
        switch (changed)
        {
            case VmMetrics: Add<Vm>(changed, VmFields.Metrics, into); break;
            case VmGuestMetrics: Add<Vm>(changed, VmFields.GuestMetrics, into); break;
            case HostMetrics: Add<Host>(changed, HostFields.Metrics, into); break;
            case PifMetrics: Add<Pif>(changed, PifFields.Metrics, into); break;
            case Certificate: Add<Host>(changed, HostFields.Certificates, into); break;
            case PoolPatch: Add<HostPatch>(changed, HostPatchFields.PoolPatch, into); break;
            case PoolUpdate: AddOfUpdate(changed, into); break;
            case Bond: AddOfBond(changed, into); break;
            case Pif when fields.Overlaps(s_bonds): Add<Network>(changed, NetworkFields.Pifs, into); break;
            case Vbd when fields.Overlaps(s_vbd): Add<Vm>(changed, VmFields.Vbds, into); break;
            case Vdi vdi: AddOfDisk(vdi, fields, into); break;
            case Sr when fields.Overlaps(s_sr): AddOfSr(changed, into); break;
            case Pbd when fields.Overlaps(s_pbd): AddOfPbd(changed, into); break;
            case Host host: AddOfHost(host, fields, into); break;
            case Pool when fields.Contains(PoolFields.Master): AddAll<Vm>(into); break;
        }
    }

    /// <summary>A link that leads elsewhere now, or to nothing, is a change of the field it stands in.</summary>
    private void AddReferrers(string name, HashSet<string> into)
    {
        foreach (var referrer in pool.Referrers(name))
        {
            into.Add(referrer.Object.Ref);
            AddOfFields(referrer.Object, FieldSet.Of(referrer.Field.Index), into);
        }
    }

    private void AddOfUpdate(XapiObject update, HashSet<string> into)
    {
        Add<Host>(update, HostFields.Updates, into);
        foreach (var patch in pool.Referrers<PoolPatch>(update.Ref, PoolPatchFields.PoolUpdate))
            Add<HostPatch>(patch, HostPatchFields.PoolPatch, into);
    }

    private void AddOfBond(XapiObject bond, HashSet<string> into)
    {
        Add<Pif>(bond, PifFields.BondMasterOf, into);
        Add<Pif>(bond, PifFields.BondSlaveOf, into);
    }

    private void AddOfDisk(Vdi disk, FieldSet fields, HashSet<string> into)
    {
        if (fields.Contains(VdiFields.Sr))
        {
            foreach (var drive in pool.Referrers<Vbd>(disk.Ref, VbdFields.Vdi))
                Add<Vm>(drive, VmFields.Vbds, into);
            if (pool.Pool is { } there && there.HaStatefiles.Contains(disk.Ref))
                into.Add(there.Ref);
        }

        if (fields.Overlaps(s_chain))
            AddDescendants(disk, into);
    }

    /// <summary>All whose chain goes through this disk.</summary>
    private void AddDescendants(Vdi disk, HashSet<string> into)
    {
        _children ??= pool.All<Vdi>().Where(v => v.SmConfig.ContainsKey(VdiShape.ParentKey)).ToLookup(v => v.SmConfig[VdiShape.ParentKey], StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([disk.Uuid]);
        while (waiting.TryPop(out var uuid))
            foreach (var child in _children[uuid])
                if (seen.Add(child.Ref))
                {
                    into.Add(child.Ref);
                    waiting.Push(child.Uuid);
                }
    }

    private void AddOfSr(XapiObject sr, HashSet<string> into)
    {
        foreach (var disk in pool.Referrers<Vdi>(sr.Ref, VdiFields.Sr))
            foreach (var drive in pool.Referrers<Vbd>(disk.Ref, VbdFields.Vdi))
                Add<Vm>(drive, VmFields.Vbds, into);
    }

    private void AddOfPbd(XapiObject pbd, HashSet<string> into)
    {
        foreach (var sr in pool.Referrers<Sr>(pbd.Ref, SrFields.Pbds))
        {
            into.Add(sr.Ref);
            AddOfSr(sr, into);
        }
    }

    private void AddOfHost(Host host, FieldSet fields, HashSet<string> into)
    {
        if (pool.Pool is not { } there || there.Master.Value != host.Ref)
            return;
        if (fields.Contains(HostFields.NameLabel) || fields.Contains(HostFields.SoftwareVersion))
            into.Add(there.Ref);
        if (fields.Contains(HostFields.SoftwareVersion))
            AddAll<Vm>(into);
    }

    private void AddAll<T>(HashSet<string> into) where T : XapiObject
    {
        foreach (var there in pool.All<T>())
            into.Add(there.Ref);
    }

    private void Add<T>(XapiObject read, int field, HashSet<string> into) where T : XapiObject
    {
        foreach (var reader in pool.Referrers<T>(read.Ref, field))
            into.Add(reader.Ref);
    }
}
