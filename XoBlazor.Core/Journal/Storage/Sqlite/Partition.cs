namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// A stretch of the journal with tables of its own, so that retention drops whole tables instead of deleting row by row.
/// Positions within it have no holes. A closed one knows its last position and which objects it tells about.
/// </summary>
/// <param name="First">The position of its first row.</param>
/// <param name="Last">The position of its last row; one less than <paramref name="First"/> while it is empty.</param>
/// <param name="BaseTime">Milliseconds since 1970 that the rows' times count from; no row is older.</param>
internal readonly record struct Partition(long Id, long First, long Last, long BaseTime, bool IsClosed)
{
    /// <summary>The words of this many entries (a power of two) are indexed together; a partition begins at a multiple of it.</summary>
    public const int BlockRows = 1 << BlockBits;

    public const int BlockBits = 6;

    public long Rows => Last - First + 1;

    public PartitionSql Sql => PartitionSql.Of(Id);
}
