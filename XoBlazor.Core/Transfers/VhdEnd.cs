namespace XoBlazor.Core.Transfers;

/// <summary>The last sector of a VHD, while its bytes pass in pieces of any size: every VHD ends with its footer, so that one that does not was cut. For one caller at a time.</summary>
internal sealed class VhdEnd
{
    private const int FooterLength = 512;

    private readonly byte[] _last = new byte[FooterLength];
    private int _length;

    /// <summary>What has passed so far ends as a VHD does.</summary>
    public bool IsThere => _length == FooterLength && _last.AsSpan().StartsWith("conectix"u8);

    /// <summary>The next bytes.</summary>
    public ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        var added = bytes.Span[^Math.Min(bytes.Length, FooterLength)..];
        var kept = Math.Min(_length, FooterLength - added.Length);
        _last.AsSpan(_length - kept, kept).CopyTo(_last);
        added.CopyTo(_last.AsSpan(kept));
        _length = kept + added.Length;
        return default;
    }
}
