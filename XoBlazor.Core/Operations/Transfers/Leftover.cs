using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What a copy has made, or is about to make, in two pools and will take away again: written down before it is made, so that a restart of ours does not forget it.</summary>
public sealed record Leftover
{
    /// <summary>Stands in the description of the hosts' tasks and in the snapshot's name; nobody else writes it.</summary>
    public required string Mark { get; init; }

    /// <summary>The number of the audit record of the operation's beginning.</summary>
    public required long Act { get; init; }

    /// <summary>What is copied.</summary>
    public required ObjectKey Vm { get; init; }

    /// <summary>The uuid of the pool that it is copied to.</summary>
    public required string To { get; init; }

    /// <summary>The name of the snapshot that is taken for it, and first of what a host copies from that; empty for none.</summary>
    public string Snapshot { get; init; } = "";

    /// <summary>The references of what was made, as the task of the import or copy told them; empty before.</summary>
    public string Made { get; init; } = "";

    /// <summary>What was made is whole and stays.</summary>
    public bool IsKept { get; init; }
}
