namespace XoBlazor.Core.Pools;

/// <summary>One pool entry's standing at a moment: immutable, replaced with every change. Everything a person needs to judge how true the picture is.</summary>
public sealed record PoolState
{
    public required Guid Id { get; init; }

    public required PoolStatus Status { get; init; }

    /// <summary>Since when it has this status.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The entry's label, else the pool's name, else its address.</summary>
    public required string Name { get; init; }

    /// <summary>The address as entered.</summary>
    public required string Address { get; init; }

    /// <summary>The pool's uuid, once known; the key to its objects in the store.</summary>
    public string? PoolUuid { get; init; }

    /// <summary>The coordinator that we are or were connected to.</summary>
    public string? Coordinator { get; init; }

    /// <summary>When the host last answered anything.</summary>
    public DateTimeOffset? LastAnswer { get; init; }

    /// <summary>The moment up to which the picture in the store is known to be complete.</summary>
    public DateTimeOffset? PictureAsOf { get; init; }

    /// <summary>Why it is not connected, in words for the administrator, with what to do; null when all is well.</summary>
    public string? Problem { get; init; }

    /// <summary>When it is tried next; null when nothing is scheduled.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Failed attempts in a row.</summary>
    public int Attempts { get; init; }

    /// <summary>The certificate that waits for an administrator's yes, where that is the problem.</summary>
    public PresentedCertificate? PresentedCertificate { get; init; }

    /// <summary>The host's clock minus ours; zero until measured.</summary>
    public TimeSpan HostClockOffset { get; init; }

    /// <summary>The picture follows the pool. When false, objects are shown with the age of <see cref="PictureAsOf"/>.</summary>
    public bool IsLive => Status == PoolStatus.Connected;

    /// <summary>How old what we show is.</summary>
    public TimeSpan? Age(DateTimeOffset now) => now - PictureAsOf;
}
