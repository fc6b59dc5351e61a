using System.Buffers;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// The bytes between the relay and a host's console. One reader; anybody may send, and what is sent goes out in that order without anybody waiting for it, as long as
/// the host takes it. Holds no buffer while nothing is going on. Disposing cuts it.
/// </summary>
internal sealed class ConsoleLine(Stream stream, TimeSpan patience, TimeProvider time) : IAsyncDisposable
{
    private const int MostWaiting = 256 * 1024;
    private const int Least = 256;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _broken = new();
    private byte[] _waiting = [];
    private int _length;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _room;

    /// <summary>Cancelled when sending failed: the line is of no use any more.</summary>
    public CancellationToken Broken => _broken.Token;

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) => stream.ReadAsync(buffer, cancellation);

    /// <summary>Completes when the host takes more again; whoever sends what others decide about waits for it before.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
            return _length < MostWaiting ? Task.CompletedTask : (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            if (_waiting.Length - _length < message.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, (_length + message.Length) * 2));
                _waiting.AsSpan(0, _length).CopyTo(larger);
                Return(_waiting);
                _waiting = larger;
            }

            message.CopyTo(_waiting.AsSpan(_length));
            _length += message.Length;
            if (_sending.IsCompleted)
                _sending = Task.Run(SendWaitingAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _broken.CancelAsync();
        await stream.DisposeAsync();
        Task sending;
        lock (_gate)
            sending = _sending;
        await sending;
    }

    private async Task SendWaitingAsync()
    {
        try
        {
            while (Next() is var (bytes, length) && length > 0)
            {
                using var limit = new CancellationTokenSource(patience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _broken.Token);
                try
                {
                    await stream.WriteAsync(bytes.AsMemory(0, length), either.Token);
                    await stream.FlushAsync(either.Token);
                }
                finally
                {
                    Return(bytes);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            await BreakAsync();
        }
    }

    private (byte[] Bytes, int Length) Next()
    {
        lock (_gate)
        {
            var next = (_waiting, _length);
            (_waiting, _length) = ([], 0);
            _room?.TrySetResult();
            _room = null;
            // Told as completed before the lock is left, so that whoever sends next begins anew.
            if (next._length == 0)
                _sending = Task.CompletedTask;
            return next;
        }
    }

    private async Task BreakAsync()
    {
        await _broken.CancelAsync();
        lock (_gate)
        {
            // Nobody waits for a line that takes nothing any more.
            _room?.TrySetResult();
            _room = null;
        }
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
