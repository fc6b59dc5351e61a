using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>A real VNC server with a display that is black until a program shows something, and a program that tells of the keys it gets.</summary>
internal sealed class RealDisplay : IAsyncDisposable
{
    private readonly VncServer _server;
    private readonly ConcurrentQueue<string> _events = [];
    private Process? _watcher;

    private RealDisplay(VncServer server) => _server = server;

    public UnixDomainSocketEndPoint Address => _server.Address;

    public static async Task<RealDisplay> StartAsync() => new(await VncServer.StartAsync(800, 600));

    /// <summary>Fills the display with a white window that tells of the keys it gets.</summary>
    public void ShowWatcher()
    {
        string[] arguments = ["-display", $":{_server.Display}", "-geometry", "800x600+0+0", "-event", "keyboard"];
        var start = new ProcessStartInfo(Needs.Program("xev", "x11-utils"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _watcher = Process.Start(start)!;
        _ = ReadAsync(_watcher.StandardOutput);
    }

    /// <summary>Waits until a key came down, by its name: <c>a</c>, <c>F2</c>.</summary>
    public async Task PressedAsync(string key)
    {
        using var patience = Patience.Source();
        while (!HasPressed(key))
            await Task.Delay(50, patience.Token);
    }

    public bool HasPressed(string key) => _events.Any(line => line.Contains($", {key})", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        // What shows on a display ends with it.
        await _server.DisposeAsync();
        if (_watcher is null)
            return;
        await _watcher.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience.Limit, CancellationToken.None);
        _watcher.Dispose();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
            _events.Enqueue(line);
    }
}
