using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>One pool as a page sees it. A pool that was never reached has no picture and no uuid yet.</summary>
/// <param name="Name">The pool's name, or the address it was entered with while the name is not known.</param>
/// <param name="LastAnswer">When its coordinator last answered; null if it never did.</param>
/// <param name="Problem">Why it is out of reach, in words; null while it is connected.</param>
/// <param name="NextTry">When we try again by ourselves.</param>
public sealed record ScenePool(string Uuid, string Name, PoolPicture? Picture, bool IsConnected, DateTimeOffset? LastAnswer, string? Problem = null, DateTimeOffset? NextTry = null)
{
    /// <summary>What is shown may no longer be true.</summary>
    public bool IsStale => !IsConnected && Picture is not null;
}
