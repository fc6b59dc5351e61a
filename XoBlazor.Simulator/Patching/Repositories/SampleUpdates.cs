namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>Updates for pools of XenServer 8 that are made: one of each kind in turn.</summary>
internal static class SampleUpdates
{
    private static readonly CdnUpdate[] s_kinds =
    [
        new("", "Hypervisor: security fixes")
        {
            Type = "security", Severity = "High", Recommended = ["RebootHost"], Full = ["RebootHost"], LivepatchGuidance = ["RestartToolstack"], Packages = ["xen-hypervisor-4.17.5-9.xs8.x86_64.rpm"],
            Livepatch = new("xen", "9f2c5e0d3b1a4c7e", "4.17.5-8.xs8", "4.17.5-9.xs8"),
        },
        new("", "Toolstack: repairs") { Full = ["RestartToolstack"], Recommended = ["RestartToolstack"], Packages = ["xapi-core-24.19.3-1.xs8.x86_64.rpm"] },
        new("", "Device emulator: repairs") { Full = ["RestartDeviceModel"], Recommended = ["RestartDeviceModel"], Packages = ["qemu-4.2.1-5.xs8.x86_64.rpm"] },
        new("", "Guest firmware: security fixes") { Type = "security", Severity = "High", Full = ["RestartVM"], Packages = ["edk2-20220801-2.xs8.x86_64.rpm"] },
        new("", "Control domain: newer kernel") { Type = "enhancement", Mandatory = ["RebootHost"], Recommended = ["RebootHost"], Full = ["RebootHost"], Packages = ["kernel-4.19.19-9.xs8.x86_64.rpm"] },
    ];

    public static IEnumerable<CdnUpdate> Take(int count, DateTimeOffset now) => Enumerable.Range(0, count).Select(number =>
    {
        var kind = s_kinds[number % s_kinds.Length];
        return kind with { Id = $"UPDATE-{number + 1:0000}", Description = $"{kind.Summary}.", Issued = now.AddDays(number - count - 2) };
    });
}
