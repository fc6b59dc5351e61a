namespace XoBlazor.Core.Metrics.History;

/// <summary>What is kept for long of each object. The numbers stand in the file: new ones go to the end.</summary>
public enum HistorySeries
{
    /// <summary>How busy all processors are on average, 0 to 1.</summary>
    Cpu,

    /// <summary>Bytes that a VM was given, or a host has.</summary>
    Memory,

    /// <summary>Bytes of them in use; of a VM as its tools tell.</summary>
    MemoryUsed,

    /// <summary>Bytes a second, of all disks together.</summary>
    DiskRead,

    /// <inheritdoc cref="DiskRead"/>
    DiskWrite,

    /// <summary>Bytes a second, of all network devices together.</summary>
    NetworkReceived,

    /// <inheritdoc cref="NetworkReceived"/>
    NetworkSent,

    /// <summary>Bytes taken on a storage.</summary>
    Used,

    /// <summary>Bytes that a storage holds.</summary>
    Size,
}
