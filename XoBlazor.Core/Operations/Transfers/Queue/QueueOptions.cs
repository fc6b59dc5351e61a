using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>How many VMs pass between hosts at once, and how many transfers are remembered (<c>Transfers:*</c>).</summary>
public sealed class QueueOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Transfers";

    /// <summary>Streams of VMs that one host sends or takes at once: two fill most networks, and leave its disks to the VMs that run.</summary>
    [Range(1, 1000)]
    public int MostPerHost { get; set; } = 2;

    /// <summary>Streams of VMs out of and into one pool at once.</summary>
    [Range(1, 1000)]
    public int MostPerPool { get; set; } = 4;

    /// <summary>VMs that wait at once; further ones are refused.</summary>
    [Range(1, 100_000)]
    public int MostWaiting { get; set; } = 1000;

    /// <summary>Ended transfers that are kept, across restarts too.</summary>
    [Range(0, 10_000)]
    public int Remembered { get; set; } = 500;
}
