using System.Buffers;
using System.Buffers.Binary;

namespace XoBlazor.Simulator.Consoles;

/// <summary>One FramebufferUpdate while it is put together (RFC 6143 §7.6.1).</summary>
internal sealed class RfbUpdate
{
    private const int HeadSize = 4;
    private const int RectangleSize = 12;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly PixelFormat _format;

    public RfbUpdate(PixelFormat format)
    {
        _format = format;
        _bytes.GetSpan(HeadSize)[..HeadSize].Clear();
        _bytes.Advance(HeadSize);
    }

    /// <summary>How many rectangles there are.</summary>
    public int Count { get; private set; }

    /// <summary>A rectangle of a pseudo-encoding that says all by being there.</summary>
    public void AddMark(int encoding, int width, int height) => AddRectangle(0, 0, width, height, encoding);

    /// <summary>The screen's size with the one screen in it.</summary>
    public void AddSize(int width, int height, int encoding, int reason)
    {
        AddRectangle(reason, 0, width, height, encoding);
        var screen = _bytes.GetSpan(20)[..20];
        screen.Clear();
        screen[0] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(screen[12..], (ushort)width);
        BinaryPrimitives.WriteUInt16BigEndian(screen[14..], (ushort)height);
        _bytes.Advance(20);
    }

    /// <summary>Raw pixels.</summary>
    public void AddPixels(int x, int y, int width, int height, ReadOnlySpan<uint> pixels, int stride)
    {
        AddRectangle(x, y, width, height, 0);
        for (var row = 0; row < height; row++)
        {
            var size = width * _format.BytesPerPixel;
            _format.Encode(pixels.Slice((row * stride) + x, width), _bytes.GetSpan(size));
            _bytes.Advance(size);
        }
    }

    /// <summary>The whole message; nothing can be added any more.</summary>
    public ReadOnlyMemory<byte> ToMemory()
    {
        var bytes = _bytes.WrittenMemory.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)Count);
        return bytes;
    }

    private void AddRectangle(int x, int y, int width, int height, int encoding)
    {
        var head = _bytes.GetSpan(RectangleSize);
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)x);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)y);
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], (ushort)width);
        BinaryPrimitives.WriteUInt16BigEndian(head[6..], (ushort)height);
        BinaryPrimitives.WriteInt32BigEndian(head[8..], encoding);
        _bytes.Advance(RectangleSize);
        Count++;
    }
}
