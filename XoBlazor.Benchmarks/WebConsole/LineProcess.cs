using System.Diagnostics;
using System.Text.Json;

namespace XoBlazor.Benchmarks.WebConsole;

/// <summary>
/// A process that answers lines: what it has to say to us begins with "= ", anything else it prints is passed on. Ends on disposal.
/// </summary>
internal sealed class LineProcess : IAsyncDisposable
{
    private const string Answer = "= ";

    private readonly Process _process;

    private LineProcess(Process process) => _process = process;

    /// <summary>What it has used so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMiB => Mirror.OwnProcess.ResidentMiBOf(_process.Id);

    public static LineProcess Start(string file, string? folder, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder ?? "" })!);

    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ListenAsync();
    }

    public async Task<T> AskAsync<T>(string command) => JsonSerializer.Deserialize<T>(await AskAsync(command), JsonSerializerOptions.Web)!;

    /// <summary>The next line that is meant for us.</summary>
    public async Task<string> ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Answer, StringComparison.Ordinal))
                return line[Answer.Length..];
            Console.Error.WriteLine(line);
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} ended before it answered");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
