using System.Runtime.InteropServices;

namespace XoBlazor.Simulator.Streams.Zstd;

/// <summary>Memory that does not move, and how much of it is read or written.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ZstdBuffer(byte[] pinned, int size)
{
    public nint Start = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
    public nuint Size = (nuint)size;
    public nuint Position;
}
