using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal;

/// <summary>What became of one object between two moments.</summary>
public sealed record ObjectDifference(ObjectKey Key, string Class, string Name, ChangeKind Kind, ImmutableArray<FieldDifference> Fields)
{
    /// <summary>The record at the later moment, or the earlier if it is gone by then; only there for those who asked for it.</summary>
    internal XapiObject? State { get; init; }
}
