namespace XoBlazor.Simulator;

/// <summary>What to simulate and where to listen.</summary>
public sealed record SimulatorOptions
{
    public required IReadOnlyList<PoolSource> Pools { get; init; }

    /// <summary>The first pool's port; each further pool takes the next. Zero finds a free port for each.</summary>
    public int HttpPort { get; init; }

    /// <inheritdoc cref="HttpPort"/>
    public int HttpsPort { get; init; }

    public AddressMode Addresses { get; init; }

    /// <summary>The release all pools answer as, instead of their database's own age.</summary>
    public string? AsVersion { get; init; }

    /// <summary>How many changes a second the pools make by themselves, all together; zero: none.</summary>
    public double Rate { get; init; }

    /// <summary>Whether the pools tidy up by themselves: old tasks, disk chains that nobody needs.</summary>
    public bool KeepsHouse { get; init; } = true;

    public PoolOptions Pool { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
