using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Journal;

/// <summary>What leads from a task to the operation that began it.</summary>
/// <param name="Reference">Its opaque reference, which the audit keeps.</param>
/// <param name="On">What it works or worked on, where that is known.</param>
public sealed record TaskOrigin(string Reference, ImmutableArray<ObjectKey> On);
