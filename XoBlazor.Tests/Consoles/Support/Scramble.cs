namespace XoBlazor.Tests.Consoles.Support;

/// <summary>
/// Stands in for a compressor with a history: what it makes can only be read by whoever has read everything it made before. The same thing in both directions.
/// </summary>
internal sealed class Scramble
{
    private uint _state = 1;

    public byte[] Apply(ReadOnlySpan<byte> bytes)
    {
        var made = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            _state = (_state * 1664525) + 1013904223;
            made[i] = (byte)(bytes[i] ^ (_state >> 24));
        }

        return made;
    }
}
