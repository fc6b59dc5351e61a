namespace XoBlazor.Simulator.Patching;

/// <summary>Updates for pools that are made: packages that XCP-ng hosts have, with versions of nobody's.</summary>
internal static class SamplePackages
{
    private static readonly (string Name, string Version, string Description, string Change, int Kilobytes)[] s_packages =
    [
        ("xen-hypervisor", "4.17.5", "The Xen hypervisor", "Fix a deadlock when a guest with passed-through devices shuts down", 6_400),
        ("xen-libs", "4.17.5", "Libraries for Xen userland", "Rebuilt with the hypervisor", 1_900),
        ("xen-dom0-tools", "4.17.5", "Xen tools for domain 0", "Rebuilt with the hypervisor", 2_600),
        ("kernel", "4.19.19", "The Linux kernel of domain 0", "Security fixes for network block devices", 31_000),
        ("xapi-core", "24.19.2", "The toolstack of the host", "Migrations no longer wait for idle statistics", 29_000),
        ("xapi-xe", "24.19.2", "Command line of the toolstack", "Rebuilt with the toolstack", 3_100),
        ("sm", "3.2.12", "Storage manager", "Coalescing gives way to snapshots that wait", 780),
        ("qemu", "4.2.1", "Device emulator", "Fix a read behind the end of the display buffer", 8_100),
        ("openssl-libs", "1.1.1k", "General purpose cryptography library", "Security fixes", 1_500),
        ("microcode_ctl", "2.1", "Microcode for processors", "Updates from the makers of processors", 9_800),
        ("linux-firmware", "20240503", "Firmware of devices", "Newer firmware for network cards", 120_000),
        ("xcp-ng-xapi-plugins", "1.13.0", "Plugins of the toolstack", "The updater says what it is busy with", 60),
        ("guest-templates-json", "2.0.15", "Templates for guests", "Templates for newer systems", 40),
        ("curl", "8.9.1", "Tool for transferring data with URLs", "Security fixes", 540),
        ("sudo", "1.9.15", "Lets users act as others", "Security fixes", 1_200),
        ("irqbalance", "1.9.4", "Spreads interrupts over processors", "Fewer moves on quiet machines", 55),
    ];

    /// <summary>The first so many; beyond the named ones, numbered tools.</summary>
    /// <param name="count">How many.</param>
    /// <param name="now">The packages were changed in the weeks before.</param>
    public static IReadOnlyList<Package> Take(int count, DateTimeOffset now) => [.. Enumerable.Range(0, count).Select(number =>
    {
        var (name, version, description, change, kilobytes) = number < s_packages.Length
            ? s_packages[number] : ($"xcp-ng-tool-{number:000}", $"1.{number}", "A tool of the host", "Small repairs", 90);
        return new Package(name, version, $"{number + 2}.xcpng8.3")
        {
            Description = description,
            Size = kilobytes * 1000L,
            Changed = now.AddDays(-(3 + (number * 2))),
            Changes = $"- {change}",
        };
    })];
}
