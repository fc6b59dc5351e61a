using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What a transfer or the installation of an update has made, or is about to make, and will take away again: written down before it is made, so that a restart of ours does not forget it.</summary>
public sealed record Leftover
{
    private const string OfDisk = "disk";

    /// <summary>Stands in the description of the hosts' tasks, in the snapshot's name and on the disk; nobody else writes it. Its first word tells what it is about.</summary>
    public required string Mark { get; init; }

    /// <summary>The number of the audit record of the operation's beginning.</summary>
    public required long Act { get; init; }

    /// <summary>What is copied or exported, the storage that something is imported to, or the pool that is updated.</summary>
    public required ObjectKey Target { get; init; }

    /// <summary>The uuid of the pool that it goes to; of an update, the pool's own.</summary>
    public required string To { get; init; }

    /// <summary>The name of the snapshot that is taken for it, and first of what a host copies from that; of an update, the name of the disk for its image. Empty for none.</summary>
    public string Snapshot { get; init; } = "";

    /// <summary>The references of what was made, as the task of the import, copy or upload told them; empty before.</summary>
    public string Made { get; init; } = "";

    /// <summary>What was made is whole and stays.</summary>
    public bool IsKept { get; init; }

    /// <summary>What is made is a single disk, which bears the mark (<see cref="DiskMark"/>).</summary>
    internal bool IsOfDisk => Mark.StartsWith(OfDisk, StringComparison.Ordinal);

    /// <summary>What nobody else writes.</summary>
    internal static string NewMark(bool isOfDisk = false) => $"{(isOfDisk ? OfDisk : "copy")} {Guid.NewGuid():N}";
}
