using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>How long a rolling run waits, and how much it does at once.</summary>
public sealed class RollingOptions
{
    /// <summary>For a host to be back after its reboot. Xen Orchestra's limit; big machines test their memory for a quarter of an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HostReturn { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>For a guest to shut down by itself, before its power is cut.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CleanShutdown { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For the pool to answer again when it went out of reach in the middle of a step.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PoolReturn { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How many VMs leave a host at a time; hosts that do not let themselves be told move ten.</summary>
    [Range(1, 100)]
    public int EvacuationBatch { get; set; } = 3;
}
