namespace XoBlazor.Core.Journal.Storage;

/// <summary>The disk refused for now (full, read-only, slow, unplugged): nothing was written, the same write may be tried again.</summary>
public sealed class JournalDiskException(string message, Exception? inner = null) : Exception(message, inner);
