using System.Numerics;

namespace XoBlazor.Simulator.Consoles;

/// <summary>Bits as JPEG packs them: the highest first, and a zero byte after each byte of ones.</summary>
internal sealed class JpegBits(Stream output)
{
    private int _held;
    private int _count;

    /// <summary>How many bits a number takes, and those bits: negative ones are those of the number less one.</summary>
    public static (int Size, int Bits) Magnitude(int number)
    {
        var size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(number));
        return (size, number < 0 ? number + (1 << size) - 1 : number);
    }

    public void Write(int bits, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            _held = (_held << 1) | ((bits >> bit) & 1);
            if (++_count < 8) continue;
            output.WriteByte((byte)_held);
            if (_held == 0xFF) output.WriteByte(0);
            (_held, _count) = (0, 0);
        }
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void End()
    {
        while (_count > 0)
            Write(1, 1);
    }
}
