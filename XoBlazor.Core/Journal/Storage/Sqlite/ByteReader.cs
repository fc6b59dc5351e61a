namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Reads what <see cref="ByteWriter"/> wrote; bytes that end too early are a damaged journal.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte()
    {
        if (_rest.IsEmpty)
            throw Truncated();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long ReadNumber()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return (long)value;
        }

        throw Truncated();
    }

    public long ReadSigned()
    {
        var value = (ulong)ReadNumber();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> ReadBytes(long length)
    {
        if (length < 0 || length > _rest.Length)
            throw Truncated();
        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    public ReadOnlySpan<byte> ReadBytes() => ReadBytes(ReadNumber());

    private static JournalDamagedException Truncated() => new("The journal's file is damaged: an entry ends too early.");
}
