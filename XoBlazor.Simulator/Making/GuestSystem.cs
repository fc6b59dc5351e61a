namespace XoBlazor.Simulator.Making;

/// <summary>An operating system as a guest agent reports it and as the template that it was installed from is called.</summary>
public sealed record GuestSystem(
    string Template, string Distribution, string Name, string Kernel, string Major, string Minor, bool IsWindows = false)
{
    /// <summary>What made and demo pools install, the frequent ones first.</summary>
    public static IReadOnlyList<GuestSystem> All { get; } =
    [
        new("Debian Bookworm 12", "debian", "Debian GNU/Linux 12 (bookworm)", "6.1.0-18-amd64", "12", "5"),
        new("Ubuntu Noble Numbat 24.04", "ubuntu", "Ubuntu 24.04.1 LTS", "6.8.0-49-generic", "24", "04"),
        new("Rocky Linux 9", "rocky", "Rocky Linux 9.5 (Blue Onyx)", "5.14.0-503.14.1.el9_5.x86_64", "9", "5"),
        new("Windows Server 2022 (64-bit)", "windows", "Microsoft Windows Server 2022 Standard|C:\\Windows|\\Device\\Harddisk0\\Partition4", "", "10", "0", true),
        new("AlmaLinux 8", "almalinux", "AlmaLinux 8.10 (Cerulean Leopard)", "4.18.0-553.30.1.el8_10.x86_64", "8", "10"),
        new("Debian Bullseye 11", "debian", "Debian GNU/Linux 11 (bullseye)", "5.10.0-33-amd64", "11", "11"),
        new("Windows Server 2019 (64-bit)", "windows", "Microsoft Windows Server 2019 Standard|C:\\Windows|\\Device\\Harddisk0\\Partition2", "", "10", "0", true),
        new("Ubuntu Jammy Jellyfish 22.04", "ubuntu", "Ubuntu 22.04.5 LTS", "5.15.0-126-generic", "22", "04"),
        new("SUSE Linux Enterprise 15 (64-bit)", "sles", "SUSE Linux Enterprise Server 15 SP6", "6.4.0-150600.23.25-default", "15", "6"),
        new("Windows 11 (64-bit)", "windows", "Microsoft Windows 11 Pro|C:\\Windows|\\Device\\Harddisk0\\Partition3", "", "10", "0", true),
        new("Other install media", "freebsd", "FreeBSD 14.1-RELEASE", "14.1-RELEASE", "14", "1"),
    ];
}
