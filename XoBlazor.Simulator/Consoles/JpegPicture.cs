using System.Buffers.Binary;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// A picture as baseline JPEG in shades of grey (ITU-T T.81): what <c>/vncsnapshot</c> gives. Its Huffman codes are all of one length, which makes the file larger and the
/// code short.
/// </summary>
internal static class JpegPicture
{
    private const int Quantiser = 12;
    private const int Side = 8;

    private static readonly double[,] s_cosines = Cosines();
    private static readonly int[] s_zigzag = Zigzag();

    /// <param name="shades">Row after row, 0 is black.</param>
    public static byte[] Encode(int width, int height, byte[] shades)
    {
        var output = new MemoryStream();
        output.Write([0xFF, 0xD8]);
        Segment(output, 0xDB, [0, .. Enumerable.Repeat((byte)Quantiser, 64)]);
        var frame = new byte[9];
        frame[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)width);
        (frame[5], frame[6], frame[7]) = (1, 1, 0x11);
        Segment(output, 0xC0, frame);
        // Differences of brightness: 12 sizes in 4 bits; coefficients: any byte up to 0xFE in 8 bits, the code being the byte.
        Segment(output, 0xC4, [0x00, .. Lengths(4, 12), .. Enumerable.Range(0, 12).Select(size => (byte)size)]);
        Segment(output, 0xC4, [0x10, .. Lengths(8, 255), .. Enumerable.Range(0, 255).Select(symbol => (byte)symbol)]);
        Segment(output, 0xDA, [1, 1, 0x00, 0, 63, 0]);
        WriteBlocks(new(output), width, height, shades);
        output.Write([0xFF, 0xD9]);
        return output.ToArray();
    }

    private static void WriteBlocks(JpegBits bits, int width, int height, byte[] shades)
    {
        var (block, before) = (new int[64], 0);
        for (var top = 0; top < height; top += Side)
        {
            for (var left = 0; left < width; left += Side)
            {
                Transform(width, height, shades, left, top, block);
                var (size, value) = JpegBits.Magnitude(block[0] - before);
                bits.Write(size, 4);
                bits.Write(value, size);
                before = block[0];
                WriteCoefficients(bits, block);
            }
        }

        bits.End();
    }

    private static void WriteCoefficients(JpegBits bits, int[] block)
    {
        var zeros = 0;
        for (var index = 1; index < 64; index++)
        {
            if (block[s_zigzag[index]] is not (not 0 and var coefficient))
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
                bits.Write(0xF0, 8);
            var (size, value) = JpegBits.Magnitude(coefficient);
            bits.Write((zeros << 4) | size, 8);
            bits.Write(value, size);
            zeros = 0;
        }

        if (zeros > 0) bits.Write(0, 8);
    }

    /// <summary>The cosine transform of one block, first along its rows, then along its columns.</summary>
    private static void Transform(int width, int height, byte[] shades, int left, int top, int[] block)
    {
        Span<double> half = stackalloc double[64];
        for (var y = 0; y < Side; y++)
        {
            var row = Math.Min(top + y, height - 1) * width;
            for (var u = 0; u < Side; u++)
            {
                var sum = 0.0;
                for (var x = 0; x < Side; x++)
                    sum += (shades[row + Math.Min(left + x, width - 1)] - 128) * s_cosines[u, x];
                half[(y * Side) + u] = sum;
            }
        }

        for (var u = 0; u < Side; u++)
        {
            for (var v = 0; v < Side; v++)
            {
                var sum = 0.0;
                for (var y = 0; y < Side; y++)
                    sum += half[(y * Side) + u] * s_cosines[v, y];
                block[(v * Side) + u] = (int)Math.Round(sum / Quantiser);
            }
        }
    }

    private static byte[] Lengths(int length, int count)
    {
        var counts = new byte[16];
        counts[length - 1] = (byte)count;
        return counts;
    }

    private static void Segment(MemoryStream output, byte marker, byte[] content)
    {
        output.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        output.Write(content);
    }

    private static double[,] Cosines()
    {
        var cosines = new double[Side, Side];
        for (var u = 0; u < Side; u++)
            for (var x = 0; x < Side; x++)
                cosines[u, x] = Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * (u == 0 ? Math.Sqrt(0.5) : 1) / 2;
        return cosines;
    }

    /// <summary>Diagonal by diagonal, each in the other direction.</summary>
    private static int[] Zigzag() =>
    [
        .. Enumerable.Range(0, 64).OrderBy(index => (index / Side) + (index % Side))
            .ThenBy(index => ((index / Side) + (index % Side)) % 2 == 0 ? index % Side : index / Side),
    ];
}
