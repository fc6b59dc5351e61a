using System.Buffers;
using System.Text;
using System.Text.Json;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>
/// Walks through the JSON of one answer while it arrives: containers are entered and left, and what is asked for as a value is
/// gathered whole, up to a limit. Holds one buffer that grows to the largest value met. For one reader at a time.
/// Broken JSON is a <see cref="JsonException"/>, an early end an <see cref="EndOfStreamException"/>.
/// </summary>
internal sealed class AnswerStream(Stream stream, int maxValueBytes) : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private const int MaxNameBytes = 4096;
    private const int ExcerptBytes = 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>How much of the answer can be in memory at this moment.</summary>
    public int HeldBytes => _buffer.Length;

    /// <summary>The next byte that is no white space, not taken; 0 at the end.</summary>
    public ValueTask<byte> PeekAsync(CancellationToken cancellation) =>
        TryPeek(out var next) ? new(next) : PeekSlowlyAsync(cancellation);

    /// <summary>Takes the opening bracket of an object or array.</summary>
    public async ValueTask OpenAsync(char bracket, CancellationToken cancellation)
    {
        var next = await PeekAsync(cancellation);
        if (next == 0)
            throw Early();
        if (next != bracket)
            throw new JsonException($"'{bracket}' was expected where the host sent '{(char)next}'");
        _start++;
    }

    /// <summary>Takes the next member's name in an object, or its closing bracket and returns null.</summary>
    public async ValueTask<string?> NextMemberAsync(CancellationToken cancellation)
    {
        if (!await NextAsync((byte)'}', cancellation))
            return null;
        if (await PeekAsync(cancellation) != '"')
            throw new JsonException("a member's name was expected");
        var raw = await ValueAsync(MaxNameBytes, cancellation);
        var name = new WireReader(raw.Span).Text();
        if (await PeekAsync(cancellation) != ':')
            throw new JsonException("a colon was expected after a member's name");
        _start++;
        return name;
    }

    /// <summary>Moves to the next item of an array; false when its closing bracket was taken.</summary>
    public ValueTask<bool> NextItemAsync(CancellationToken cancellation) => NextAsync((byte)']', cancellation);

    /// <summary>Takes one whole value. The memory is good until the next call.</summary>
    public ValueTask<ReadOnlyMemory<byte>> ValueAsync(CancellationToken cancellation) => ValueAsync(maxValueBytes, cancellation);

    /// <summary>The beginning of what is there, as text for a person.</summary>
    public async ValueTask<string> ExcerptAsync(CancellationToken cancellation)
    {
        while (_end - _start < ExcerptBytes && await ReadMoreAsync(cancellation))
        {
        }

        return Encoding.UTF8.GetString(_buffer.AsSpan(_start, Math.Min(ExcerptBytes, _end - _start)));
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask<bool> NextAsync(byte close, CancellationToken cancellation)
    {
        var next = await PeekAsync(cancellation);
        if (next == ',')
        {
            _start++;
            next = await PeekAsync(cancellation);
        }

        if (next == 0)
            throw Early();
        if (next != close)
            return true;
        _start++;
        return false;
    }

    private bool TryPeek(out byte next)
    {
        for (; _start < _end; _start++)
            if ((next = _buffer[_start]) is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return true;
        next = 0;
        return false;
    }

    private async ValueTask<byte> PeekSlowlyAsync(CancellationToken cancellation)
    {
        byte next;
        while (!TryPeek(out next))
            if (!await ReadMoreAsync(cancellation))
                return 0;
        return next;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ValueAsync(int limit, CancellationToken cancellation)
    {
        if (await PeekAsync(cancellation) == 0)
            throw Early();
        while (true)
        {
            var there = _end - _start;
            var length = JsonScan.ValueLength(_buffer.AsSpan(_start, there), _ended);
            if (length > limit || (length == 0 && there > limit))
                throw new JsonException($"the host sent a single value of more than {limit} bytes");
            if (length > 0)
            {
                var value = _buffer.AsMemory(_start, length);
                _start += length;
                return value;
            }

            if (_ended)
                throw Early();

            // Looking again only after the bytes have doubled keeps the work in proportion to the size.
            var enough = Math.Min(2 * there, limit + 1);
            do
                await ReadMoreAsync(cancellation);
            while (!_ended && _end - _start < enough);
        }
    }

    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancellation)
    {
        if (_ended)
            return false;
        if (_start == _end)
            _start = _end = 0;
        if (_end == _buffer.Length)
            MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _ended = read == 0;
        return !_ended;
    }

    private void MakeRoom()
    {
        var there = _end - _start;
        var target = there > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(2 * _buffer.Length) : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, there);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        (_start, _end) = (0, there);
    }

    private static EndOfStreamException Early() => new("the answer ended early");
}
