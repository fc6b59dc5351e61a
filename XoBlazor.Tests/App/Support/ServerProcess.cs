using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>The executable as a process of its own, as an administrator runs it.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const string Ready = " is ready: ";

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly List<string> _lines = [];
    private int _ended;

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts a server and waits until it says where it answers.</summary>
    public static async Task<(ServerProcess Server, Uri Address)> StartAsync(params string[] arguments)
    {
        var server = Launch(arguments);
        return (server, await server.ReadyAsync());
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var command = Launch(arguments);
        return (await command.EndAsync(), command.Output);
    }

    public static ServerProcess Launch(params string[] arguments) =>
        LaunchFile("dotnet", Path.GetTempPath(), [Path.Combine(AppContext.BaseDirectory, "xo-blazor.dll"), .. arguments]);

    /// <summary>Runs any executable in a folder.</summary>
    public static ServerProcess LaunchFile(string file, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>The address of the next start: the first one, or the one after a restore.</summary>
    public async Task<Uri> ReadyAsync()
    {
        var line = await LineAsync(text => text.Contains(Ready, StringComparison.Ordinal));
        return new Uri(line[(line.IndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..].Trim());
    }

    /// <summary>The administrator's password that a demo tells at its first start, after it said that it is ready.</summary>
    public async Task<string> DemoPasswordAsync() =>
        DemoPassword().Match(await LineAsync(text => text.StartsWith("Demo: ", StringComparison.Ordinal))).Groups[1].Value;

    /// <summary>Waits for a line of output, and takes those before it.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        using var patience = Patience.Source();
        await foreach (var line in _output.Reader.ReadAllAsync(patience.Token))
            if (wanted(line))
                return line;
        throw new InvalidOperationException("The process ended before it said that:\n" + Output);
    }

    /// <summary>Waits for its end and the last line of its output.</summary>
    public async Task<int> EndAsync(TimeSpan? limit = null)
    {
        using var patience = Patience.Source(limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as a supervisor does.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        // Each of the two streams ends with a null.
        if (line is null)
        {
            if (Interlocked.Increment(ref _ended) == 2)
                _output.Writer.TryComplete();
            return;
        }

        lock (_lines)
            _lines.Add(line);
        _output.Writer.TryWrite(line);
    }

    [GeneratedRegex("password ([a-z0-9-]+)")]
    private static partial Regex DemoPassword();
}
