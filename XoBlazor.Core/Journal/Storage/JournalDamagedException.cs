namespace XoBlazor.Core.Journal.Storage;

/// <summary>The stored journal contradicts itself: it has to be set aside and what is whole taken over (<see cref="IJournalStorage.OpenAsync"/> does both).</summary>
public sealed class JournalDamagedException(string message, Exception? inner = null) : Exception(message, inner);
