namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>What became of a wish to subscribe.</summary>
/// <param name="Id">Stands in every notification of the subscription.</param>
internal readonly record struct XoSubscribed(string Id, XoSubscribedHow How);

internal enum XoSubscribedHow
{
    /// <summary>The client is told of all objects there are: what it had before is void.</summary>
    FromNothing,

    /// <summary>The client is told what changed since the position it named.</summary>
    Resumed,

    /// <summary>The connection has as many subscriptions as it may.</summary>
    TooMany,
}
