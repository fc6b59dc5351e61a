using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>What comes next for a reader.</summary>
/// <param name="Frames">The messages that lead there; null when the reader has to compare what it has with the target.</param>
/// <param name="Target">The snapshot that is reached.</param>
/// <param name="Number">Its step.</param>
internal readonly record struct XoNext(IReadOnlyList<ReadOnlyMemory<byte>>? Frames, StoreSnapshot Target, long Number);
