using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>Room in which one object after the other is written, to be looked at before it goes out. For one thread.</summary>
internal sealed class XoDocument : IDisposable
{
    /// <summary>Room that one huge object took is given back.</summary>
    private const int LargestKept = 1 << 20;

    private readonly Utf8JsonWriter _json;
    private readonly XoShape _shape;
    private ArrayBufferWriter<byte> _bytes = new(4096);

    public XoDocument()
    {
        _json = new(_bytes, XoShape.Options);
        _shape = new(_json);
    }

    /// <summary>The object last written; valid until the next one is.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Writes the object in place of the one before.</summary>
    public ReadOnlyMemory<byte> Write(PoolPicture pool, XapiObject value)
    {
        Clear();
        _json.Reset(_bytes);
        _shape.Write(pool, value);
        _json.Flush();
        return Bytes;
    }

    public void Clear()
    {
        if (_bytes.Capacity > LargestKept)
            _bytes = new(4096);
        else
            _bytes.ResetWrittenCount();
    }

    /// <summary>A name for exactly these bytes, the same wherever and whenever they are made: an entity tag.</summary>
    public string Tag()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    public void Dispose() => _json.Dispose();
}
