using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Live;

/// <summary>The three or four things that people want to know of an object before they open it.</summary>
public static class ObjectFacts
{
    /// <summary>Each with its term; what is not known is left out.</summary>
    public static IReadOnlyList<(string Term, string Text)> Of(PoolPicture picture, XapiObject value)
    {
        var facts = new List<(string, string)>();
        Gather(picture, value, (term, text) =>
        {
            if (!string.IsNullOrEmpty(text))
                facts.Add((term, text));
        });
        if (value is not Pool)
            facts.Add(("Pool", picture.Name()));
        return facts;
    }

    private static void Gather(PoolPicture picture, XapiObject value, Action<string, string?> add)
    {
        switch (value)
        {
            case Vm { IsASnapshot: true } snapshot:
                add("Snapshot of", Named(picture.Get(snapshot.SnapshotOf)));
                break;
            case Vm vm:
                add("Host", Named(picture.HostOf(vm)));
                add("Address", picture.MainAddressOf(vm)?.ToString() is { } address ? ForeignText.Shown(address) : null);
                add("Size", $"{Format.Count(picture.VcpusOf(vm))} vCPUs, {Format.Bytes(picture.MemoryOf(vm))}");
                add("System", ForeignText.Shown(picture.OsNameOf(vm)));
                break;
            case Host host:
                add("Address", ForeignText.Shown(host.Address));
                add("VMs", Format.Count(picture.VmsOn(host).Count()));
                add("Memory", picture.MemoryOf(host) is { Total: > 0 } memory ? $"{Format.Bytes(memory.Used)} of {Format.Bytes(memory.Total)} in use" : null);
                add("Software", ForeignText.Shown(HostFacts.ProductOf(host)));
                break;
            case Sr sr:
                add("Type", ForeignText.Shown(sr.Type));
                add("Where", sr.Shared ? "shared by all hosts" : Named(picture.HostOf(sr)));
                add("Space", SrFacts.UseOf(sr) is { Size: > 0 } use ? $"{Format.Bytes(use.Free)} free of {Format.Bytes(use.Size)}" : null);
                break;
            case Vdi disk:
                add("Storage", Named(picture.Get(disk.Sr)));
                add("Size", Format.Bytes(disk.VirtualSize));
                add("Used by", string.Join(", ", picture.VmsUsing(disk).Take(3).Select(ObjectLooks.Name)));
                break;
            case Network network:
                add("Bridge", ForeignText.Shown(network.Bridge));
                add("VMs", Format.Count(picture.VmsOn(network).Count()));
                break;
            case Pool:
                var has = PoolCapacity.Of(picture);
                add("Coordinator", Named(picture.Coordinator()));
                add("Hosts", $"{Format.Count(has.LiveHosts)} of {Format.Count(has.Hosts)} up");
                add("VMs", $"{Format.Count(has.RunningVms)} of {Format.Count(has.Vms)} running");
                break;
            case XapiTask task:
                add("Progress", Format.Percent(task.Progress));
                add("Host", Named(picture.Get(task.ResidentOn)));
                break;
        }
    }

    private static string? Named(XapiObject? value) => value is null ? null : ObjectLooks.Name(value);
}
