using System.Runtime.InteropServices;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>
/// Looks into what was compressed with zstd, by the system's own library: .NET has none. Frames that want a window above 8 MiB are not looked into, so that a stream
/// cannot take more memory; hosts write windows of 2 MiB. For one caller at a time.
/// </summary>
internal sealed class ZstdReader : IXvaReader
{
    private const int Piece = 128 * 1024;
    private const int LargestWindow = 23;
    private const int WindowParameter = 100;

    private readonly IXvaReader _inner;
    private readonly nint _context;
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(Piece, pinned: true);
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(Piece, pinned: true);
    private bool _isDisposed;
    private bool _isAtEnd;

    public ZstdReader(IXvaReader inner)
    {
        _inner = inner;
        _context = ZstdLibrary.CreateContext();
        if (_context == 0)
            throw new InvalidOperationException("the zstd library gives no context");
        _ = ZstdLibrary.SetParameter(_context, WindowParameter, LargestWindow);
    }

    /// <summary>Whether this system has the library.</summary>
    public static bool IsThere => ZstdLibrary.IsThere;

    public string Place => _inner.Place;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(bytes.Length, Piece);
            bytes[..length].CopyTo(_input);
            bytes = bytes[length..];
            var input = new ZstdLibrary.Buffer(Marshal.UnsafeAddrOfPinnedArrayElement(_input, 0), (nuint)length);
            ZstdLibrary.Buffer output;
            do
            {
                output = new(Marshal.UnsafeAddrOfPinnedArrayElement(_output, 0), Piece);
                var left = ZstdLibrary.Decompress(_context, ref output, ref input);
                if (ZstdLibrary.IsError(left) != 0)
                    throw new XvaDamagedException($"its compression is broken {Place}");
                _isAtEnd = left == 0;
                _inner.Add(_output.AsSpan(0, (int)output.Position));
            }
            while (input.Position < input.Size || output.Position == output.Size);
        }
    }

    public void Complete()
    {
        if (!_isAtEnd)
            throw new XvaDamagedException($"it ends {Place}");
        _inner.Complete();
    }

    public void Dispose()
    {
        if (!_isDisposed)
            _ = ZstdLibrary.FreeContext(_context);
        _isDisposed = true;
        _inner.Dispose();
    }
}
