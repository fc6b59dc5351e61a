using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Transfers;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Transfers;

public sealed class PumpTests : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _patience = Patience.Source();

    private CancellationToken Token => _patience.Token;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128 * 1024)]
    [InlineData(3_000_001)]
    public async Task Copy_PiecesOfAnySize_ArriveWholeAndInOrder(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var target = new MemoryStream();
        var passed = 0L;

        await Pump.CopyAsync(new Crumbs(bytes, new(7)), target, s_silence, TimeProvider.System, one => passed += one, Token);

        Assert.Equal(length, passed);
        Assert.Equal(bytes, target.ToArray());
    }

    [Fact]
    public async Task Copy_TargetThatTakesNothing_SlowsTheSource()
    {
        var source = new Endless();
        var target = new Gate();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var copying = Pump.CopyAsync(source, target, s_silence, TimeProvider.System, _ => { }, stop.Token);
        await target.Reached.WaitAsync(Token);
        await source.UntilQuietAsync(2, Token);

        // One piece on its way, one held: that is all, however long it takes.
        Assert.Equal(2, source.Reads);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_SideThatFails_IsNamed(bool isSource)
    {
        var source = isSource ? (Stream)new Broken() : new Endless();
        var target = isSource ? new MemoryStream() : (Stream)new Broken();

        var failed = await Assert.ThrowsAsync<PumpException>(() => Pump.CopyAsync(source, target, s_silence, TimeProvider.System, _ => { }, Token));

        Assert.Equal((isSource, "gone"), (failed.IsSource, failed.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_SideThatIsSilentForLong_IsNamed(bool isSource)
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        var copying = isSource ? Pump.CopyAsync(gate, Stream.Null, s_silence, time, _ => { }, Token) : Pump.CopyAsync(new Endless(), gate, s_silence, time, _ => { }, Token);
        await gate.Reached.WaitAsync(Token);

        time.Advance(s_silence - TimeSpan.FromSeconds(1));
        Assert.False(copying.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        var failed = await Assert.ThrowsAsync<PumpException>(() => copying);
        Assert.Equal(isSource, failed.IsSource);
        Assert.IsType<TimeoutException>(failed.InnerException);
    }

    /// <summary>TLS gives 16 KiB at a time: what each of those costs is paid 65 536 times a GiB.</summary>
    [Fact]
    public async Task Copy_OfManyPieces_TakesNoMemoryForEach()
    {
        const int Pieces = 20_000;
        var (pieces, first, last) = (0, 0L, 0L);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        // Both sides are done at once, so that all of it happens on one thread.
        var copying = Pump.CopyAsync(new Endless(), Stream.Null, s_silence, TimeProvider.System, _ =>
        {
            if (++pieces == Pieces / 10)
                first = GC.GetAllocatedBytesForCurrentThread();
            else if (pieces == Pieces)
                last = GC.GetAllocatedBytesForCurrentThread();
            if (pieces == Pieces)
                stop.Cancel();
        }, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
        // Unoptimised code keeps the state of each step on the heap, some 230 bytes a piece; a source of cancellation for each step was a kilobyte.
        Assert.InRange((last - first) / (Pieces - (Pieces / 10)), 0, 400);
    }

    public void Dispose() => _patience.Dispose();

    private abstract class Half : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Crumbs(byte[] bytes, Random random) : Half
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = Math.Min(Math.Min(random.Next(1, 100_000), buffer.Length), bytes.Length - _at);
            bytes.AsMemory(_at, length).CopyTo(buffer);
            _at += length;
            return new(length);
        }
    }

    private sealed class Endless : Half
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Interlocked.Increment(ref _reads);
            return new(buffer.Length);
        }

        public async Task UntilQuietAsync(int reads, CancellationToken token)
        {
            while (Reads < reads)
                await Task.Delay(5, token);
            for (var i = 0; i < 20; i++)
                await Task.Yield();
        }
    }

    /// <summary>Neither gives nor takes anything.</summary>
    private sealed class Gate : Half
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await WaitAsync(cancellationToken);
            return 0;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await WaitAsync(cancellationToken);

        private Task WaitAsync(CancellationToken token)
        {
            _reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        }
    }

    private sealed class Broken : Half
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
