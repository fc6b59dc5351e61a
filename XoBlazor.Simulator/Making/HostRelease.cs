namespace XoBlazor.Simulator.Making;

/// <summary>
/// What the hosts of a made pool run: one of each generation of patching (xo-proxying.md §4). The numbers of platform and toolstack are those by
/// which clients tell generations apart; dates and the versions of Xen and Linux are near the truth.
/// </summary>
/// <param name="Name">As <c>--make</c> spells it.</param>
/// <param name="Brand"><c>product_brand</c>.</param>
/// <param name="ProductVersion"><c>product_version</c>.</param>
/// <param name="ShortVersion"><c>product_version_text</c>.</param>
/// <param name="PlatformVersion"><c>platform_version</c>: below 2.1.1 patches are files, from there on discs.</param>
/// <param name="Schema">The age of its XenAPI, as <c>--as-version</c> takes it.</param>
/// <param name="Toolstack">The version of xapi that it tells.</param>
public sealed record HostRelease(string Name, string Brand, string ProductVersion, string ShortVersion, string PlatformVersion, string Schema, string Toolstack)
{
    public required string Xen { get; init; }

    public required string Linux { get; init; }

    /// <summary>When it was built, as XAPI writes moments.</summary>
    public required string Date { get; init; }

    /// <summary>The licence that its hosts run under.</summary>
    public string Edition { get; init; } = "xcp-ng";

    /// <summary>Whether its pools keep repositories of their own.</summary>
    public bool HasRepositories => Brand == "XenServer" && Version.Parse(ProductVersion) > new Version(8, 3, 0);

    /// <summary>What pools are made of unless told otherwise.</summary>
    public static HostRelease XcpNg83 { get; } =
        new("xcp-ng-8.3", "XCP-ng", "8.3.0", "8.3", "3.4.0", "24.19.2", "24.19.2") { Xen = "4.17.5-3", Linux = "4.19.0+1", Date = "20241007T13:00:00Z" };

    public static IReadOnlyList<HostRelease> All { get; } =
    [
        XcpNg83,
        new("xcp-ng-8.2", "XCP-ng", "8.2.1", "8.2", "3.2.1", "stockholm", "1.249.32") { Xen = "4.13.5-9.40", Linux = "4.19.0+1", Date = "20220211T13:00:00Z" },
        new("xcp-ng-8.0", "XCP-ng", "8.0.0", "8.0", "3.0.0", "naples", "1.160.1") { Xen = "4.11.1-7.5", Linux = "4.19.0+1", Date = "20190725T13:00:00Z" },
        new("xenserver-8", "XenServer", "8.4.0", "8", "3.4.0", "24.19.2", "24.19.2") { Xen = "4.17.5-3", Linux = "4.19.0+1", Date = "20241007T13:00:00Z", Edition = "premium-per-socket" },
        new("citrix-hypervisor-8.2", "Citrix Hypervisor", "8.2.1", "8.2 CU1", "3.2.1", "stockholm", "1.249.18") { Xen = "4.13.4-9.17", Linux = "4.19.0+1", Date = "20211110T13:00:00Z", Edition = "enterprise-per-socket" },
        new("xenserver-7.1", "XenServer", "7.1.0", "7.1", "2.2.0", "ely", "1.14.0") { Xen = "4.7.1-1.9", Linux = "4.4.0+2", Date = "20170213T13:00:00Z", Edition = "enterprise-per-socket" },
        new("xenserver-7.0", "XenServer", "7.0.0", "7.0", "2.1.0", "dundee", "1.9.30") { Xen = "4.6.1", Linux = "3.10.0+2", Date = "20160513T13:00:00Z", Edition = "enterprise-per-socket" },
        new("xenserver-6.5", "XenServer", "6.5.0", "6.5", "1.9.0", "creedence", "1.3.0") { Xen = "4.4.1", Linux = "3.10.0+2", Date = "20150107T13:00:00Z", Edition = "enterprise-per-socket" },
    ];

    /// <exception cref="SimulatorException">There is no such release; the message tells which there are.</exception>
    public static HostRelease Find(string name) =>
        All.FirstOrDefault(release => release.Name == name) ?? throw new SimulatorException($"--make: there is no release '{name}'; {string.Join(", ", All.Select(release => release.Name))} are.");
}
