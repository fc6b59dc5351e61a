using System.Collections.Immutable;
using XoBlazor.Core.Access;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What was asked for, and by whom. Immutable; stored.</summary>
public sealed record RollingRequest
{
    public RollingKind Kind { get; init; }

    /// <summary>In whose name the run acts: <see cref="Access.Actor.Id"/>, and so on.</summary>
    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>See <see cref="Access.Actor.LimitedTo"/>.</summary>
    public string? LimitedTo { get; init; }

    /// <summary>VMs that a passthrough device, a vGPU or SR-IOV ties to their host may be shut down during its turn.</summary>
    public bool ShutsDownPinned { get; init; }

    /// <summary>The uuids of VMs that may be shut down during their host's turn, whatever keeps them there.</summary>
    public ImmutableArray<string> MayShutDown { get; init; } = [];

    /// <summary>VMs for which updates ask that may be restarted after the last host, or their device model.</summary>
    public bool RestartsVms { get; init; }

    /// <summary>The uuid of the network that VMs move over; null for the pool's own choice.</summary>
    public string? Network { get; init; }

    internal Actor Actor => new(ActorId, ActorName) { LimitedTo = LimitedTo };

    internal RollingRequest By(Actor actor) => this with { ActorId = actor.Id, ActorName = actor.Name, LimitedTo = actor.LimitedTo };
}
