namespace XoBlazor.Simulator.Making;

/// <summary>The pools of <c>--demo</c>: small enough to know by name after a minute, and with something of everything.</summary>
public static class DemoPlan
{
    private const long GiB = 1L << 30;

    private static readonly GuestSystem s_debian = Find("Debian Bookworm 12");
    private static readonly GuestSystem s_ubuntu = Find("Ubuntu Noble Numbat 24.04");
    private static readonly GuestSystem s_rocky = Find("Rocky Linux 9");
    private static readonly GuestSystem s_windows = Find("Windows Server 2022 (64-bit)");
    private static readonly GuestSystem s_desktop = Find("Windows 11 (64-bit)");
    private static readonly GuestSystem s_other = Find("Other install media");

    /// <summary>Every demo pool, the busy one first.</summary>
    public static IReadOnlyList<PoolPlan> All { get; } = [Production(), Branch()];

    private static PoolPlan Production() => new("Production", "The main site: three hosts, shared storage, what earns the money",
        [
            new HostPlan("xcp-prod-01", 32, 256 * GiB) { Tags = ["rack-a"] },
            new HostPlan("xcp-prod-02", 32, 256 * GiB) { Tags = ["rack-a"] },
            new HostPlan("xcp-prod-03", 32, 256 * GiB) { Tags = ["rack-b"] },
        ],
        [
            Vm("web-01", "Front of the shop", s_debian, 4, 8, 0, 1, 40) with { Tags = ["web", "production"], Snapshots = ["before 4.2", "before 4.3"], IsProtected = true },
            Vm("web-02", "Front of the shop", s_debian, 4, 8, 1, 1, 40) with { Tags = ["web", "production"], IsProtected = true },
            Vm("web-03", "Front of the shop", s_debian, 4, 8, 2, 1, 40) with { Tags = ["web", "production"], IsProtected = true },
            Vm("lb-01", "HAProxy, active", s_debian, 2, 2, 0, 1, 10) with { Tags = ["web", "production"], IsProtected = true, Networks = [1, 3] },
            Vm("lb-02", "HAProxy, standby", s_debian, 2, 2, 2, 1, 10) with { Tags = ["web", "production"], IsProtected = true, Networks = [1, 3] },
            Vm("db-master", "PostgreSQL, writes go here", s_rocky, 8, 64, 0, 2, 40, 500) with { Tags = ["database", "production"], Snapshots = ["nightly"], IsProtected = true },
            Vm("db-replica-01", "PostgreSQL, reports read here", s_rocky, 8, 32, 1, 2, 40, 500) with { Tags = ["database", "production"] },
            Vm("db-replica-02", "PostgreSQL, the one that is promoted", s_rocky, 8, 32, 2, 2, 40, 500) with { Tags = ["database", "production"] },
            Vm("cache-01", "Redis", s_ubuntu, 2, 16, 1, 2, 20) with { Tags = ["production"] },
            Vm("queue-01", "RabbitMQ", s_ubuntu, 2, 8, 0, 2, 30) with { Tags = ["production"] },
            Vm("search-01", "OpenSearch", s_ubuntu, 4, 16, 2, 2, 20, 200) with { Tags = ["production"] },
            Vm("k8s-control-01", "Kubernetes control plane", s_ubuntu, 4, 8, 0, 2, 60) with { Tags = ["kubernetes"] },
            Vm("k8s-control-02", "Kubernetes control plane", s_ubuntu, 4, 8, 1, 2, 60) with { Tags = ["kubernetes"] },
            Vm("k8s-control-03", "Kubernetes control plane", s_ubuntu, 4, 8, 2, 2, 60) with { Tags = ["kubernetes"] },
            Vm("k8s-node-01", "Kubernetes worker", s_ubuntu, 8, 16, 0, 2, 100) with { Tags = ["kubernetes"] },
            Vm("k8s-node-02", "Kubernetes worker", s_ubuntu, 8, 16, 1, 2, 100) with { Tags = ["kubernetes"] },
            Vm("k8s-node-03", "Kubernetes worker", s_ubuntu, 8, 16, 2, 2, 100) with { Tags = ["kubernetes"] },
            Vm("dc-01", "Active Directory", s_windows, 2, 4, 0, 0, 60) with { Tags = ["office"], IsProtected = true },
            Vm("dc-02", "Active Directory", s_windows, 2, 4, 2, 0, 60) with { Tags = ["office"], IsProtected = true },
            Vm("files-01", "File shares of all departments", s_windows, 4, 8, 1, 0, 80, 800) with { Tags = ["office"], HasDrive = true },
            Vm("mail-01", "Postfix and Dovecot", s_debian, 4, 8, 1, 1, 30, 300) with { Tags = ["office"] },
            Vm("erp-app", "ERP, application", s_windows, 8, 32, 0, 2, 120) with { Tags = ["erp", "production"], Snapshots = ["before quarter close"] },
            Vm("erp-db", "ERP, SQL Server", s_windows, 8, 64, 1, 2, 120, 400) with { Tags = ["erp", "database", "production"] },
            Vm("monitor-01", "Prometheus and Grafana", s_debian, 2, 8, 2, 0, 100) with { Tags = ["operations"] },
            Vm("log-01", "Loki", s_debian, 4, 8, 2, 0, 50, 300) with { Tags = ["operations"] },
            Vm("git-01", "Forgejo", s_debian, 2, 4, 0, 0, 80) with { Tags = ["operations"], Snapshots = ["before upgrade"] },
            Vm("ci-runner-01", "Builds", s_ubuntu, 8, 16, 1, 0, 100) with { Tags = ["operations"] },
            Vm("ci-runner-02", "Builds, only when it is busy", s_ubuntu, 8, 16, 2, 0, 100) with { Tags = ["operations"], PowerState = "Halted" },
            Vm("vpn-01", "WireGuard", s_debian, 1, 1, 0, 3, 8) with { Tags = ["operations"], Networks = [3, 0] },
            Vm("backup-proxy-01", "Moves the backups", s_debian, 4, 8, 2, 0, 20) with { Tags = ["operations"], Storage = -1 },
            Vm("legacy-crm", "Switched off, kept until the end of the year", s_windows, 2, 8, 1, 0, 80) with { Tags = ["keep"], PowerState = "Halted" },
            Vm("firewall-lab", "FreeBSD, no tools", s_other, 2, 2, 1, 3, 10) with { HasTools = false, HasDrive = true },
        ])
    {
        Vlans = [("DMZ", 20), ("Backend", 30), ("Uplink", 40), ("Guests", 50)],
        SharedStorage = [("NFS fast", "nfs", 16L * 1024 * GiB), ("iSCSI archive", "lvmoiscsi", 32L * 1024 * GiB)],
        Isos =
        [
            "debian-12.8.0-amd64-netinst.iso", "Rocky-9.5-x86_64-minimal.iso", "ubuntu-24.04.1-live-server-amd64.iso",
            "SERVER_EVAL_x64FRE_en-us.iso", "FreeBSD-14.1-RELEASE-amd64-disc1.iso",
        ],
        Alerts =
        [
            ("ALARM", 3, "db-master", Life.Activity.BusyProcessor("0.912345")),
            ("MULTIPATH_PERIODIC_ALERT", 3, "xcp-prod-03", "1 of 4 paths to iSCSI archive is down."),
            ("BOND_STATUS_CHANGED", 3, "xcp-prod-02", "The status of the eth2+eth3 bond changed: 1/2 up (Previously: 2/2 up)"),
        ],
        Subnet = 71,
        Updates = 12,
    };

    private static PoolPlan Branch() => new("Branch office", "Two hosts with their own disks",
        [
            new HostPlan("xcp-branch-01", 16, 64 * GiB),
            new HostPlan("xcp-branch-02", 16, 64 * GiB) { IsEnabled = false, Tags = ["maintenance"] },
        ],
        [
            Vm("branch-dc", "Active Directory, read only", s_windows, 2, 4, 0, 0, 60) with { Storage = -1 },
            Vm("branch-files", "File shares", s_windows, 2, 8, 0, 0, 60, 400) with { Storage = -1 },
            Vm("branch-print", "Printers", s_windows, 2, 4, 0, 0, 40) with { Storage = -1 },
            Vm("branch-phone", "Telephony", s_debian, 2, 4, 0, 1, 20) with { Storage = -1, Tags = ["voice"] },
            Vm("desktop-anna", "Windows desktop", s_desktop, 4, 8, 0, 1, 80) with { Storage = -1, Tags = ["desktop"], HasDrive = true },
            Vm("desktop-ben", "Windows desktop", s_desktop, 4, 8, 0, 1, 80) with { Storage = -1, Tags = ["desktop"], PowerState = "Suspended" },
            Vm("test-01", "For trying things", s_debian, 1, 2, 0, 1, 10) with { Storage = -1, Tags = ["test"], Snapshots = ["clean", "with packages", "broken"] },
            Vm("test-02", "For trying things", s_ubuntu, 1, 2, 0, 1, 10) with { Storage = -1, Tags = ["test"], PowerState = "Halted" },
        ])
    {
        Vlans = [("Office", 10)],
        SharedStorage = [("NFS backup", "nfs", 4L * 1024 * GiB)],
        Isos = ["debian-12.8.0-amd64-netinst.iso", "Win11_24H2_English_x64.iso"],
        Alerts = [("HOST_CLOCK_SKEW_DETECTED", 3, "xcp-branch-02", "The clock is 12 seconds behind the coordinator's.")],
        Subnet = 72,
        Updates = 4,
    };

    private static VmPlan Vm(string name, string description, GuestSystem system, int processors, int gibibytes, int host, int network, params int[] disks) =>
        new(name, description, system, processors, gibibytes * GiB)
        {
            Host = host,
            Networks = [network],
            Disks = [.. disks.Select(disk => disk * GiB)],
        };

    private static GuestSystem Find(string template) => GuestSystem.All.First(system => system.Template == template);
}
