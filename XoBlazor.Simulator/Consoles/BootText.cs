namespace XoBlazor.Simulator.Consoles;

/// <summary>What a simulated guest writes while it boots.</summary>
internal static class BootText
{
    /// <summary>Twelve lines.</summary>
    public static string[] Lines(string name, string system) =>
    [
        "[    0.000000] Hypervisor detected: Xen HVM",
        "[    0.000000] Xen version 4.17.",
        "[    0.214871] xen: --> pirq=16 -> irq=9 (gsi=9)",
        "[    0.602114] Initialising Xen virtual ethernet driver.",
        "[    0.733920] blkfront: xvda: flush diskcache: enabled; persistent grants: enabled",
        "[    1.108442] EXT4-fs (xvda1): mounted filesystem with ordered data mode.",
        $"Welcome to {system}!",
        $"[  OK  ] Set hostname to {name}.",
        "[  OK  ] Reached target Local File Systems.",
        "[  OK  ] Started Network Configuration.",
        "[  OK  ] Started OpenSSH server daemon.",
        "[  OK  ] Reached target Multi-User System.",
    ];
}
