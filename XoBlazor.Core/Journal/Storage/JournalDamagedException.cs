namespace XoBlazor.Core.Journal.Storage;

/// <summary>The stored journal contradicts itself: it has to be set aside and what is whole taken over (<see cref="IJournalStorage.OpenAsync"/> does both).</summary>
public sealed class JournalDamagedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One connection to the database said so. It may have read in a bad moment: another one is asked before the journal is set aside.</summary>
    internal bool IsToBeConfirmed { get; init; }
}
