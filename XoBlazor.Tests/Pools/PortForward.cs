using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Tests.Pools;

/// <summary>Passes TCP connections on to another address, byte by byte, and breaks one of them if it is told to.</summary>
internal sealed class PortForward : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly long _most;
    private int _isCut;

    /// <param name="cutAfter">The first connection that sends so many bytes is reset then; null for none.</param>
    public PortForward(IPEndPoint from, IPEndPoint to, long? cutAfter = null)
    {
        (_listener, _target, _most) = (new TcpListener(from), to, cutAfter ?? long.MaxValue);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A connection was reset.</summary>
    public bool HasCut => Volatile.Read(ref _isCut) != 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var _ = near;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_target, _stop.Token);
            var (one, other) = (near.GetStream(), far.GetStream());
            await await Task.WhenAny(SendAsync(one, other), other.CopyToAsync(one, _stop.Token));
        }
        catch (CutException)
        {
            // What is closed so is reset.
            near.LingerState = far.LingerState = new(true, 0);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // An end hung up, or the test is over.
        }
    }

    private async Task SendAsync(Stream from, Stream to)
    {
        var (buffer, passed) = (new byte[64 * 1024], 0L);
        while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            if ((passed += read) > _most && Interlocked.Exchange(ref _isCut, 1) == 0)
                throw new CutException();
        }
    }

    private sealed class CutException : Exception;
}
