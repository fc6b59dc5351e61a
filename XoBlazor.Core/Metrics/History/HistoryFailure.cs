using SQLitePCL;

namespace XoBlazor.Core.Metrics.History;

/// <summary>What SQLite's result codes mean for the history of figures.</summary>
internal static class HistoryFailure
{
    private const int PrimaryMask = 0xff;

    public static Exception Of(int code, string? message) => (code & PrimaryMask) switch
    {
        raw.SQLITE_INTERRUPT => new OperationCanceledException(),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new HistoryException($"The file with the history of figures is damaged: {message}.") { IsDamage = true },
        raw.SQLITE_FULL => new HistoryException("The disk that holds the history of figures is full. Free some space or lower Metrics:MostBytes; figures are kept in memory for some hours meanwhile."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
            new HistoryException($"The file with the history of figures cannot be written: {message}. Give the server's user write access to the folder metrics in its data directory."),
        _ => new HistoryException($"The history of figures cannot be written: {message} (SQLite {code})."),
    };
}
