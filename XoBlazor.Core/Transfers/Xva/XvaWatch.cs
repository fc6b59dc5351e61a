namespace XoBlazor.Core.Transfers.Xva;

/// <summary>
/// Looks at an XVA while it passes, compressed or not, whatever pieces it comes in. What is compressed in a way that cannot be looked into here passes unseen, and
/// <see cref="IsSeen"/> says so. For one caller at a time.
/// </summary>
internal sealed class XvaWatch : IAsyncDisposable
{
    private const int MagicLength = 4;

    private readonly XvaCheck _check = new();
    private readonly byte[] _magic = new byte[MagicLength];
    private int _magicLength;
    private GzipReader? _gzip;
    private IXvaReader? _plain;

    /// <summary>Whether what passes is looked at.</summary>
    public bool IsSeen { get; private set; } = true;

    /// <summary>What the description says must come; none before it has passed, or when nothing can be seen.</summary>
    public IReadOnlyCollection<XvaDisk> Disks => _check.Disks.Values;

    /// <summary>The next bytes. Fails with <see cref="XvaDamagedException"/>; those must not be handed on then.</summary>
    public ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        if (_plain is null && _gzip is null && IsSeen)
            return BeginAsync(bytes, token);
        if (_gzip is not null)
            return _gzip.AddAsync(bytes, token);
        _plain?.Add(bytes.Span);
        return default;
    }

    /// <summary>No more bytes come. Fails with <see cref="XvaDamagedException"/> when some should.</summary>
    public async Task CompleteAsync()
    {
        if (_gzip is not null)
            await _gzip.CompleteAsync();
        else if (_plain is not null)
            _plain.Complete();
        else if (IsSeen)
            throw new XvaDamagedException("it is empty");
    }

    public async ValueTask DisposeAsync()
    {
        if (_gzip is not null)
            await _gzip.DisposeAsync();
        _plain?.Dispose();
        _check.Dispose();
    }

    private async ValueTask BeginAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        var length = Math.Min(MagicLength - _magicLength, bytes.Length);
        bytes[..length].CopyTo(_magic.AsMemory(_magicLength));
        if ((_magicLength += length) < MagicLength)
            return;
        if (_magic is [0x1F, 0x8B, ..])
            _gzip = new(_check);
        else if (_magic is not [0x28, 0xB5, 0x2F, 0xFD])
            _plain = _check;
        else if (ZstdReader.IsThere)
            _plain = new ZstdReader(_check);
        else
            IsSeen = false;
        await AddAsync(_magic, token);
        await AddAsync(bytes[length..], token);
    }
}
