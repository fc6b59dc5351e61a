namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>When a partition is closed and the next begins: an eighth of what retention allows, so that dropping one takes an eighth at most.</summary>
internal sealed record PartitionLimits(long Rows, long Bytes, long Milliseconds)
{
    private const int Share = 8;

    /// <summary>What a row costs beside its body: headers, the index by object, words.</summary>
    public long RowOverhead { get; } = 48;

    public static PartitionLimits For(JournalOptions options) =>
        new(1 << 21, options.RetentionSize / Share, (long)options.RetentionAge.TotalMilliseconds / Share);
}
