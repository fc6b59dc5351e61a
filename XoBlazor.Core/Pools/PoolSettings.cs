using System.Collections.Immutable;

namespace XoBlazor.Core.Pools;

/// <summary>
/// What is kept about a pool between two runs: how to reach it and who we are there, and what we learnt about its members. Immutable;
/// an edit is a new record under the same <see cref="Id"/>.
/// </summary>
public sealed record PoolSettings
{
    /// <summary>Our own name of the entry; given once, never reused.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the administrator calls it; empty to use the pool's own name.</summary>
    public string Label { get; init; } = "";

    /// <summary>The address that was entered, of any member, as a person writes it: <c>xen1.example.org</c>, <c>10.0.0.5:8443</c>, <c>http://…</c>.</summary>
    public required string Address { get; init; }

    public required string User { get; init; }

    /// <summary>In clear; whoever keeps the record seals it. Never logged.</summary>
    public required string Password { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>The pool's uuid, once we have talked to it; the pool that answers must be this one.</summary>
    public string? PoolUuid { get; init; }

    /// <summary>All members' addresses as last seen, so that the pool is found again when the entered address is down, with the certificates they are known by.</summary>
    public ImmutableArray<KnownMember> Members { get; init; } = [];

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"{Id} {User}@{Address}";
}
