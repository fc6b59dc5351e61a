using System.Buffers;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>What stands at the beginning of every row's body.</summary>
internal readonly record struct RowHead(EntryKind Kind, EntryOrigin Origin, long Time, long HostClockOffset, int Omitted)
{
    private const int KindMask = 0b11;
    private const int OriginShift = 2;
    private const int OmittedFlag = 0b1_0000;

    public void Write(ArrayBufferWriter<byte> row, long baseTime)
    {
        row.Write([(byte)((int)Kind | ((int)Origin << OriginShift) | (Omitted > 0 ? OmittedFlag : 0))]);
        row.WriteNumber(Time - baseTime);
        row.WriteSigned(HostClockOffset);
        if (Omitted > 0)
            row.WriteNumber(Omitted);
    }

    public static RowHead Read(ref ByteReader row, long baseTime)
    {
        var flags = row.ReadByte();
        var time = baseTime + row.ReadNumber();
        var offset = row.ReadSigned();
        return new((EntryKind)(flags & KindMask), (EntryOrigin)((flags >> OriginShift) & KindMask), time, offset,
            (flags & OmittedFlag) != 0 ? (int)row.ReadNumber() : 0);
    }
}
