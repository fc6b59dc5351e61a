using System.Buffers;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Which objects a closed partition tells about; spares looking there for the others.</summary>
internal static class ObjectBitmap
{
    public static byte[] Read(SqliteDatabase database, PartitionSql sql)
    {
        var bits = new byte[128];
        var statement = database.Statement(sql.Objects);
        while (statement.Step())
        {
            var id = statement.Long(0);
            if (id <= 0)
                continue;
            var at = checked((int)(id >> 3));
            if (at >= bits.Length)
                Array.Resize(ref bits, Math.Max(at + 1, bits.Length * 2));
            bits[at] |= (byte)(1 << (int)(id & 7));
        }

        statement.Reset();
        return bits;
    }

    public static byte[] Pack(byte[] bits) => Squeeze.Pack(bits, new ArrayBufferWriter<byte>()).ToArray();

    public static bool Contains(byte[] bits, long id) => (id >> 3) < bits.Length && (bits[(int)(id >> 3)] & (1 << (int)(id & 7))) != 0;
}
