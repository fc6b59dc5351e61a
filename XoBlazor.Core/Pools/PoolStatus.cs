namespace XoBlazor.Core.Pools;

/// <summary>How we stand with a pool.</summary>
public enum PoolStatus
{
    /// <summary>Switched off by an administrator; what we know of it is kept as it was.</summary>
    Disabled,

    /// <summary>Trying to reach it or to log in.</summary>
    Connecting,

    /// <summary>Logged in, reading all its objects.</summary>
    Reading,

    /// <summary>The picture is live.</summary>
    Connected,

    /// <summary>Out of reach; tried again by itself at <see cref="PoolState.NextTry"/>.</summary>
    Unreachable,

    /// <summary>Only an administrator can help: wrong credentials, a changed certificate, a pool that is already there.</summary>
    NeedsAttention,
}
