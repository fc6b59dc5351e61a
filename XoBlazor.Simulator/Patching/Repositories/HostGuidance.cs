using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>What several updates together ask of a host and the VMs, in the words of the repository.</summary>
internal sealed record HostGuidance(IReadOnlyList<string> Mandatory, IReadOnlyList<string> Recommended, IReadOnlyList<string> Full, IReadOnlyList<string> Livepatch)
{
    /// <summary>Where a livepatch applies, an update asks what goes with the livepatch in place of what it recommends.</summary>
    public static HostGuidance Of(IReadOnlyList<CdnUpdate> updates) => new(
        GuidanceNames.Reduce(updates.SelectMany(update => update.Mandatory)),
        GuidanceNames.Reduce(updates.SelectMany(update => update.Livepatch is null ? update.Recommended : update.LivepatchGuidance)),
        GuidanceNames.Reduce(updates.SelectMany(update => update.Full)),
        GuidanceNames.Reduce(updates.SelectMany(update => update.LivepatchGuidance)));

    /// <summary>Writes what waits on a host.</summary>
    public void AddTo(DbObject host) => Write(host, guidance => guidance is "reboot_host" or "restart_toolstack");

    /// <summary>Writes what waits on a VM: new devices where its host was updated, a restart wherever it runs.</summary>
    public void AddTo(DbObject vm, bool isOnHost) => Write(vm, guidance => guidance == "restart_vm" || (guidance == "restart_device_model" && isOnHost));

    private void Write(DbObject target, Func<string, bool> concerns)
    {
        foreach (var (field, names) in new[] { ("pending_guidances", Mandatory), ("pending_guidances_recommended", Recommended), ("pending_guidances_full", Full) })
        {
            foreach (var guidance in names.Select(GuidanceNames.InDatabase).OfType<string>().Where(concerns))
                HostUpdateCalls.Add(target, field, guidance);
        }
    }
}
