namespace XoBlazor.Core.Metrics;

/// <summary>What stands next in a host's metrics.</summary>
internal enum RrdToken
{
    BeginObject,
    EndObject,
    BeginArray,
    EndArray,

    /// <summary>A name, a text, or a bare word such as 12.5 or NaN: <see cref="RrdTokens.Text"/>.</summary>
    Word,

    /// <summary>There is nothing more.</summary>
    End,
}

/// <summary>
/// Takes metrics apart while they come. It is nearly JSON: hosts before xapi 23.31 write <c>NaN</c> and <c>Infinity</c> bare, later ones every number as a text
/// (xapi-protocol.md §8.7), and no reader of JSON takes both. Commas and colons are passed over: what is what is known by its place. Holds one piece of the answer,
/// whatever its length. Fails with <see cref="InvalidDataException"/> on words and answers that are too long.
/// </summary>
internal sealed class RrdTokens(Stream source, long mostBytes = RrdTokens.MostBytes)
{
    /// <summary>Of one answer. A host of 1000 VMs sends about 50 MB.</summary>
    public const long MostBytes = 128L << 20;
    private const int LongestWord = 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _total;
    private int _at;
    private int _end;
    private Range _text;

    /// <summary>The last word, without quotes. Good until the next token.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(_text);

    /// <summary>The first byte that is no blank; null when there is none. Takes nothing away.</summary>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellation)
    {
        while (true)
        {
            while (_at < _end && IsBlank(_buffer[_at]))
                _at++;
            if (_at < _end)
                return _buffer[_at];
            if (!await FillAsync(cancellation))
                return null;
        }
    }

    /// <summary>What was read ahead and not taken yet, for another reader of the same stream.</summary>
    public ReadOnlyMemory<byte> Ahead => _buffer.AsMemory(_at, _end - _at);

    public async ValueTask<RrdToken> NextAsync(CancellationToken cancellation)
    {
        RrdToken token;
        while (!TryTake(out token))
        {
            if (await FillAsync(cancellation))
                continue;
            if (_at == _end)
                return RrdToken.End;
            throw new EndOfStreamException("the answer ended in the middle of a word");
        }

        return token;
    }

    /// <summary>Passes over a value.</summary>
    /// <param name="first">Its first token, which was taken already.</param>
    public async ValueTask SkipAsync(RrdToken first, CancellationToken cancellation)
    {
        var depth = 0;
        for (var token = first; ; token = await NextAsync(cancellation))
        {
            switch (token)
            {
                case RrdToken.BeginObject or RrdToken.BeginArray:
                    depth++;
                    break;
                case RrdToken.EndObject or RrdToken.EndArray:
                    depth--;
                    break;
                case RrdToken.End:
                    throw new EndOfStreamException("the answer ended early");
            }

            if (depth <= 0)
                return;
        }
    }

    private bool TryTake(out RrdToken token)
    {
        while (_at < _end && (IsBlank(_buffer[_at]) || _buffer[_at] is (byte)',' or (byte)':'))
            _at++;
        token = RrdToken.End;
        if (_at == _end)
            return false;
        switch (_buffer[_at])
        {
            case (byte)'{':
                token = RrdToken.BeginObject;
                break;
            case (byte)'}':
                token = RrdToken.EndObject;
                break;
            case (byte)'[':
                token = RrdToken.BeginArray;
                break;
            case (byte)']':
                token = RrdToken.EndArray;
                break;
            default:
                token = RrdToken.Word;
                return TryTakeWord();
        }

        _at++;
        return true;
    }

    private bool TryTakeWord()
    {
        var isQuoted = _buffer[_at] == '"';
        var begin = isQuoted ? _at + 1 : _at;
        var at = begin;
        while (at < _end && !(isQuoted ? _buffer[at] == '"' : IsBlank(_buffer[at]) || _buffer[at] is (byte)',' or (byte)':' or (byte)'}' or (byte)']' or (byte)'{' or (byte)'[' or (byte)'"'))
            at += isQuoted && _buffer[at] == '\\' ? 2 : 1;
        if (at - begin > LongestWord)
            throw new InvalidDataException($"a word has more than {LongestWord} bytes");
        if (at >= _end)
            return false;
        _text = begin..at;
        _at = isQuoted ? at + 1 : at;
        return true;
    }

    /// <summary>Reads more behind what is left; false at the end.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _total += read;
        if (_total > mostBytes)
            throw new InvalidDataException($"the answer has more than {mostBytes} bytes");
        return read > 0;
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
