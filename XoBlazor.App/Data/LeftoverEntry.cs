namespace XoBlazor.App.Data;

/// <summary>What a transfer or the installation of an update has made and will take away again; see <see cref="Core.Operations.Transfers.Leftover"/>.</summary>
public sealed class LeftoverEntry
{
    /// <summary>By what it is known at the hosts.</summary>
    public required string Mark { get; init; }

    /// <summary>The number of the audit record of the operation's beginning.</summary>
    public required long Act { get; init; }

    /// <summary>The uuid of the pool that is copied or exported from, imported to, or updated.</summary>
    public required string FromPool { get; init; }

    /// <summary>The uuid of what is copied or exported, of the storage that something is imported to, or of the pool that is updated.</summary>
    public required string Vm { get; init; }

    /// <summary>The uuid of the pool that it goes to, or that is updated.</summary>
    public required string ToPool { get; init; }

    /// <summary>The name of a snapshot, or of the disk for an update; empty for none.</summary>
    public required string Snapshot { get; init; }

    /// <summary>References of what was imported or uploaded.</summary>
    public required string Made { get; init; }

    /// <summary>What was imported stays.</summary>
    public required bool IsKept { get; init; }
}
