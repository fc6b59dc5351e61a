using System.Diagnostics;
using System.Text.Json;

namespace XoBlazor.Benchmarks.Mirror;

/// <summary>The simulator in a process of its own, so that its work is not counted as ours. Stopped on disposal.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SimulatorProcess(Process process, IReadOnlyList<Uri> pools, IReadOnlyList<Uri> securePools) => (_process, Pools, SecurePools) = (process, pools, securePools);

    /// <summary>The plain addresses of the pools: what is measured is not TLS.</summary>
    public IReadOnlyList<Uri> Pools { get; }

    /// <summary>The addresses that an administrator would enter.</summary>
    public IReadOnlyList<Uri> SecurePools { get; }

    public static async Task<SimulatorProcess> StartAsync(int pools, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            Path.Combine(AppContext.BaseDirectory, "XoBlazor.Simulator.dll"), "--http-port", "0", "--https-port", "0", .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var (addresses, secure) = (new List<Uri>(), new List<Uri>());
        while (addresses.Count < pools)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the simulator ended before its pools were ready");
            using var pool = JsonDocument.Parse(line);
            addresses.Add(new(pool.RootElement.GetProperty("http").GetString()!));
            secure.Add(new(pool.RootElement.GetProperty("https").GetString()!));
        }

        return new(process, addresses, secure);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
