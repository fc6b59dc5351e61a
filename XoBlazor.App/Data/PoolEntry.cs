namespace XoBlazor.App.Data;

/// <summary>The row of one pool: <see cref="XoBlazor.Core.Pools.PoolSettings"/> with the password sealed.</summary>
public sealed class PoolEntry
{
    /// <summary>Our own name of the entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the administrator calls it.</summary>
    public required string Label { get; set; }

    /// <summary>The address as entered.</summary>
    public required string Address { get; set; }

    /// <summary>The XAPI user.</summary>
    public required string User { get; set; }

    /// <summary>The XAPI password, see <see cref="Sealed"/>.</summary>
    public required string SealedPassword { get; set; }

    /// <summary>False: kept, but not connected.</summary>
    public required bool IsEnabled { get; set; }

    /// <summary>The pool's uuid, once known.</summary>
    public string? PoolUuid { get; set; }

    /// <summary>Members and their accepted certificates, as JSON.</summary>
    public required string Members { get; set; }
}
