namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// Cuts a stream into messages: a tag, a definite length, that many bytes. Never reads beyond the end of a message, so nothing that
/// follows an answer can hide in a buffer when TLS begins. One reader at a time. Memory grows with the bytes that came, not with the
/// length that was announced.
/// </summary>
internal sealed class LdapFrames(Stream stream)
{
    private const byte SequenceTag = 0x30;
    private const int Step = 64 << 10;

    private byte[] _buffer = new byte[1024];

    /// <summary>The next message, valid until the call after; null at the end of the stream.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(int limit, CancellationToken token)
    {
        var first = await stream.ReadAsync(_buffer.AsMemory(0, 1), token);
        if (first == 0)
            return null;
        if (_buffer[0] != SequenceTag)
            throw new LdapFrameException("the answer is not LDAP");

        await stream.ReadExactlyAsync(_buffer.AsMemory(1, 1), token);
        var header = 2;
        var length = (int)_buffer[1];
        if (length > 0x7F)
        {
            var octets = length & 0x7F;
            if (octets is 0 or > 4)
                throw new LdapFrameException("the answer is not LDAP: a length is of no definite form");
            await stream.ReadExactlyAsync(_buffer.AsMemory(header, octets), token);
            var announced = 0L;
            for (var i = 0; i < octets; i++)
                announced = (announced << 8) | _buffer[header + i];
            header += octets;
            if (announced > limit)
                throw new LdapFrameException($"the answer is larger than {limit >> 20} MiB") { IsTooLarge = true };
            length = (int)announced;
        }

        for (var have = 0; have < length;)
        {
            var take = Math.Min(length - have, Step);
            if (_buffer.Length < header + have + take)
                Array.Resize(ref _buffer, Math.Min(header + length, Math.Max(_buffer.Length * 2, header + have + take)));
            await stream.ReadExactlyAsync(_buffer.AsMemory(header + have, take), token);
            have += take;
        }

        return _buffer.AsMemory(0, header + length);
    }
}
