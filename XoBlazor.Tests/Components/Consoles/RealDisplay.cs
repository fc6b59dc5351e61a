using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>A real VNC server, TigerVNC's, with a display of its own that is black until a program shows something. It listens on a socket in a folder.</summary>
internal sealed class RealDisplay : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _events = [];
    private readonly string _name;
    private Process? _server;
    private Process? _watcher;

    private RealDisplay() => _name = _folder.File("vnc");

    public UnixDomainSocketEndPoint Address => new(_name);

    private int Display { get; set; }

    public static async Task<RealDisplay> StartAsync()
    {
        var display = new RealDisplay();
        // The server chooses a free display, and says which when it listens.
        display._server = Start(Needs.Program("Xtigervnc", "tigervnc-standalone-server"),
            "-displayfd", "1", "-SecurityTypes", "None", "-rfbport", "-1", "-rfbunixpath", display._name, "-geometry", "800x600", "-depth", "24", "-nolisten", "tcp", "-ac");
        using var patience = Patience.Source();
        var line = await display._server.StandardOutput.ReadLineAsync(patience.Token);
        display.Display = int.Parse(line ?? throw new InvalidOperationException("Xtigervnc ended before it listened"), System.Globalization.CultureInfo.InvariantCulture);
        return display;
    }

    /// <summary>Fills the display with a white window that tells of the keys it gets.</summary>
    public void ShowWatcher()
    {
        _watcher = Start(Needs.Program("xev", "x11-utils"), "-display", $":{Display}", "-geometry", "800x600+0+0", "-event", "keyboard");
        _ = ReadAsync(_watcher.StandardOutput);
    }

    /// <summary>Waits until a key came down, by its name: <c>a</c>, <c>F2</c>.</summary>
    public async Task PressedAsync(string key)
    {
        using var patience = Patience.Source();
        while (!_events.Any(line => line.Contains($", {key})", StringComparison.Ordinal)))
            await Task.Delay(50, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _watcher, _server }.OfType<Process>())
        {
            if (!process.HasExited)
            {
                // Told to go, it takes its lock and its socket with it.
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                await kill.WaitForExitAsync(CancellationToken.None);
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience.Limit, CancellationToken.None);
            }

            process.Dispose();
        }

        _folder.Dispose();
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
            _events.Enqueue(line);
    }
}
