using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>A <see cref="GuestImage"/> that QEMU runs by emulation, in 128 MiB, with QEMU's own VNC server as its screen. What it says on its serial line is kept.</summary>
internal sealed class QemuGuest : IAsyncDisposable
{
    // It boots in two seconds of processor time, which a crowded machine takes long to give.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;
    private readonly Task _reading;

    public QemuGuest()
    {
        var program = Needs.Program("qemu-system-x86_64", "qemu-system-x86");
        var files = _folder.File("files");
        GuestImage.Write(files);
        string[] arguments =
        [
            "-accel", "tcg", "-machine", "pc", "-m", "128", "-no-user-config", "-nodefaults", "-vga", "std", "-kernel", GuestImage.Kernel, "-initrd", files, "-append", "console=ttyS0 quiet",
            "-display", "none", "-serial", "stdio", "-monitor", "none", "-vnc", $"unix:{Address}",
        ];
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Where it speaks RFB.</summary>
    public UnixDomainSocketEndPoint Address => new(_folder.File("vnc"));

    /// <summary>A line to it, as the relay gets one from a host.</summary>
    public Stream Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(Address);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Waits until the guest has said something on its serial line so many times.</summary>
    public async Task SaysAsync(string text, int times = 1)
    {
        using var patience = Patience.Source(s_patience);
        while (_said.Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
        {
            if (patience.IsCancellationRequested || _process.HasExited)
                throw new TimeoutException($"the guest did not say '{text}' {times} times, but:\n{string.Join('\n', _said)}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience.Limit, CancellationToken.None);
        await _reading;
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
            _said.Enqueue(line);
    }
}
