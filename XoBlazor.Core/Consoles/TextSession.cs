using Microsoft.Extensions.Logging;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Consoles;

/// <summary>The text console of one VM. All viewers get the same bytes; whoever comes later gets the last of them first. Who takes too little comes back anew.</summary>
internal sealed class TextSession(
    ConsolePlaces places, Func<ConsolePlace.There, CancellationToken, Task<Stream>> dial, ObjectKey vm, ConsoleOptions options, TimeProvider time, ILogger log)
    : ConsoleSession(places, dial, vm, ConsoleKind.Text, options, time, log)
{
    private const int MostKept = 32 * 1024;
    private const long MostWaiting = 1024 * 1024;

    private readonly List<ConsoleViewer> _viewers = [];
    private readonly Queue<byte[]> _last = new();
    private int _kept;
    private ConsoleLine? _line;

    protected override async Task UseAsync(ConsolePlace.There place, Stream opened, Action live, CancellationToken cancellation)
    {
        await using var line = LineOf(opened);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellation, line.Broken);
        lock (Gate)
            _line = line;
        try
        {
            live();
            while (true)
            {
                await line.ReadAsync(Memory<byte>.Empty, broken.Token);
                var piece = new SharedBuffer();
                try
                {
                    var read = await line.ReadAsync(piece.Whole, broken.Token);
                    if (read == 0)
                        return;
                    lock (Gate)
                        Spread(piece, piece.Cut(read));
                }
                finally
                {
                    piece.Release();
                }
            }
        }
        finally
        {
            lock (Gate)
                _line = null;
        }
    }

    protected override async Task ServeAsync(ConsoleViewer viewer, Task<bool> begun, CancellationToken cancellation)
    {
        lock (Gate)
        {
            viewer.HasBegun = true;
            foreach (var bytes in _last)
                viewer.Output.Add(bytes);
            _viewers.Add(viewer);
        }

        try
        {
            for (var isThere = await begun; isThere; isThere = await viewer.Input.NeedAsync(1, cancellation))
                await TypeAsync(viewer, cancellation);
        }
        finally
        {
            lock (Gate)
                _viewers.Remove(viewer);
        }
    }

    private async Task TypeAsync(ConsoleViewer viewer, CancellationToken cancellation)
    {
        viewer.Touch();
        Task? room = null;
        lock (Gate)
        {
            if (viewer.MayType && _line is not null)
            {
                _line.Send(viewer.Input.Bytes);
                room = _line.RoomAsync();
            }
        }

        viewer.Input.Take(viewer.Input.Bytes.Length);
        if (room is { IsCompleted: false })
            await room.WaitAsync(cancellation);
    }

    private void Spread(SharedBuffer piece, ReadOnlySpan<byte> bytes)
    {
        _last.Enqueue(bytes[^Math.Min(bytes.Length, MostKept)..].ToArray());
        _kept += _last.Last().Length;
        while (_kept - _last.Peek().Length >= MostKept)
            _kept -= _last.Dequeue().Length;
        foreach (var viewer in _viewers)
        {
            viewer.Output.Add(piece, 0, bytes.Length);
            if (viewer.Output.Waiting > MostWaiting)
                viewer.Restart();
        }
    }
}
