using System.Buffers;
using XoBlazor.Core.Journal.Storage.Sqlite;

namespace XoBlazor.Core.Metrics.History;

/// <summary>
/// Writes values in few bytes. A value is cut to the bits that its series keeps; as whole numbers such values are nearly logarithms, so that from one to the next there
/// is a small step, of a byte mostly. Repetitions and gaps are counted.
/// </summary>
internal static class HistoryPacking
{
    // What stands for no step.
    private const long Same = 0;
    private const long Unknown = 1;
    private const long Steps = 2;

    private const int MantissaBits = 23;
    private const float Most = 1e30f;

    /// <summary>A value as a whole number; 0 for what is not known or cannot be.</summary>
    public static uint Code(float value, HistorySeries series)
    {
        if (!(value >= 0 && value < Most))
            return 0;
        if (value < series.Least())
            return 1;
        var shift = MantissaBits - series.Precision();
        return ((BitConverter.SingleToUInt32Bits(value) + (1u << (shift - 1))) >> shift) + 1;
    }

    public static float Value(uint code, HistorySeries series)
    {
        var shift = MantissaBits - series.Precision();
        return code == 0 || code - 1 > BitConverter.SingleToUInt32Bits(Most) >> shift ? float.NaN : BitConverter.UInt32BitsToSingle((code - 1) << shift);
    }

    public static void Write(ArrayBufferWriter<byte> into, ReadOnlySpan<float> values, HistorySeries series)
    {
        var last = 0u;
        for (var at = 0; at < values.Length;)
        {
            var code = Code(values[at], series);
            if (code != 0 && code != last)
            {
                var step = (long)code - last;
                into.WriteNumber(((step << 1) ^ (step >> 63)) + Steps);
                last = code;
                at++;
                continue;
            }

            var run = 1;
            while (at + run < values.Length && Code(values[at + run], series) == code)
                run++;
            into.WriteNumber(code == 0 ? Unknown : Same);
            into.WriteNumber(run);
            at += run;
        }
    }

    public static void Read(ref ByteReader from, Span<float> values, HistorySeries series)
    {
        var last = 0L;
        for (var at = 0; at < values.Length;)
        {
            var token = from.ReadNumber();
            if (token is Same or Unknown)
            {
                var run = (int)Math.Clamp(from.ReadNumber(), 1, values.Length - at);
                values.Slice(at, run).Fill(token == Unknown ? float.NaN : Value(Clamped(last), series));
                at += run;
                continue;
            }

            var step = (ulong)(token - Steps);
            last += (long)(step >> 1) ^ -(long)(step & 1);
            values[at++] = Value(Clamped(last), series);
        }
    }

    private static uint Clamped(long code) => (uint)Math.Clamp(code, 0, uint.MaxValue);
}
