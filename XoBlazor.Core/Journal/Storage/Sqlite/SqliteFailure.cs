using SQLitePCL;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Turns SQLite's result codes into the failures the journal tells apart.</summary>
internal static class SqliteFailure
{
    private const int PrimaryMask = 0xff;

    public static Exception Of(int code, string? message) => (code & PrimaryMask) switch
    {
        raw.SQLITE_INTERRUPT => new OperationCanceledException(),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new JournalDamagedException($"The journal's file is damaged: {message}.") { IsToBeConfirmed = true },
        raw.SQLITE_FULL => new JournalDiskException("The disk that holds the journal is full. Free some space or lower Journal:RetentionSize; changes are kept in memory meanwhile."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
            new JournalDiskException($"The journal's file cannot be written: {message}. Give the server's user write access to the journal folder."),
        _ => new JournalDiskException($"The journal cannot be written: {message} (SQLite {code})."),
    };
}
