using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal;

/// <summary>What became of one object between two moments.</summary>
public sealed record ObjectDifference(
    ObjectKey Key, string Class, string Name, ChangeKind Kind, ImmutableArray<FieldDifference> Fields, RecordedObject? Before, RecordedObject? After);
