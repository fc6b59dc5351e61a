using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>Where operations find the way to a pool's hosts.</summary>
public interface IPoolConnections
{
    /// <summary>The logged-in connection to the pool's coordinator, or null while the pool is out of reach, switched off or unknown.</summary>
    XapiConnection? Find(string poolUuid);

    /// <summary>The pool is in reach, and its picture follows it; a connection may be there a moment before.</summary>
    bool IsLive(string poolUuid) => Find(poolUuid) is not null;
}
