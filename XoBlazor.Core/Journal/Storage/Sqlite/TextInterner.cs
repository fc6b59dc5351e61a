using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Stores each long or repeated value of a partition once and gives it a number. What it remembers is bounded: a value that was forgotten
/// is stored a second time, which costs a few bytes and nothing else. Used by the writer only.
/// </summary>
internal sealed class TextInterner(SqliteDatabase database)
{
    private const int ShortestInterned = 7;
    private const int LongestKey = 64;
    private const int RowCost = 8;
    private const int Generation = 8_192;

    private readonly ArrayBufferWriter<byte> _scratch = new();
    private Dictionary<byte[], long> _recent = new(ByteTextComparer.Instance);
    private Dictionary<byte[], long> _older = new(ByteTextComparer.Instance);
    private PartitionSql _sql = null!;
    private long _lastId;

    /// <summary>Bytes stored for the partition.</summary>
    public long Bytes { get; private set; }

    /// <summary>Begins with a partition, or again after a failed write; nothing is remembered.</summary>
    public void Begin(Partition partition)
    {
        _recent.Clear();
        _older.Clear();
        _sql = partition.Sql;
        _lastId = database.Scalar(_sql.MaxText);
        Bytes = 0;
    }

    /// <summary>Writes a value into a row: itself if that is shorter, else its number.</summary>
    /// <param name="mayRepeat">False for values that hardly come again, such as moments and counters.</param>
    public void Write(ArrayBufferWriter<byte> row, ReadOnlySpan<byte> value, bool mayRepeat)
    {
        if (value.Length < ShortestInterned || (!mayRepeat && value.Length < LongestKey))
        {
            row.WriteNumber((long)value.Length << 1);
            row.Write(value);
            return;
        }

        row.WriteNumber((IdOf(value) << 1) | 1);
    }

    private long IdOf(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        scoped var key = value;
        if (value.Length > LongestKey)
        {
            SHA256.HashData(value, hash);
            key = hash;
        }

        if (_recent.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var id))
            return id;
        if (!_older.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out id))
        {
            id = ++_lastId;
            database.Statement(_sql.InsertText).Bind(1, id).Bind(2, Squeeze.Pack(value, _scratch)).Run();
            Bytes += _scratch.WrittenCount + RowCost;
        }

        if (_recent.Count >= Generation)
        {
            (_recent, _older) = (_older, _recent);
            _recent.Clear();
        }

        _recent[key.ToArray()] = id;
        return id;
    }

    private sealed class ByteTextComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly ByteTextComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
