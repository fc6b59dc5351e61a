using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>What became of one object between two snapshots. The documents are valid until the next change is asked for.</summary>
/// <param name="Old">The record and document before; none for an object that came.</param>
/// <param name="New">The record and document now; none for one that went.</param>
internal readonly record struct XoChange(string Id, XoState? Old, XoState? New);

/// <summary>A record, the picture it stands in, and its object.</summary>
internal readonly record struct XoState(PoolPicture Pool, XapiObject Value, ReadOnlyMemory<byte> Document);
