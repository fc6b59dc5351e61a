using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Core.Plugins.Wire;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>A plugin's process with its channel. It and all that it started end when this is disposed, and when the server ends, as its standard input does then.</summary>
internal sealed class PluginProcess : IPluginLine
{
    private static readonly TimeSpan s_lookAtMemory = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly PluginChannel _channel;
    private readonly CancellationTokenSource _over = new();
    private readonly PluginOptions _options;
    private readonly TimeProvider _time;
    private readonly Task _running;
    private readonly Task _watching;
    private readonly Task _errors;

    private PluginProcess(Process process, PluginRequestHandler handler, PluginLog log, PluginOptions options, TimeProvider time)
    {
        (_process, _options, _time) = (process, options, time);
        _channel = new(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, handler, options, time);
        _errors = ReadErrorsAsync(process.StandardError.BaseStream, log);
        (_running, _watching) = (_channel.RunAsync(_over.Token), WatchMemoryAsync(_over.Token));
        Ended = EndAsync(_over.Token);
    }

    public long Slowed => _channel.Slowed;

    /// <summary>Fails with <see cref="PluginBrokenException"/> when the process is gone, breaks the contract or takes more memory than it may.</summary>
    public Task Ended { get; }

    /// <summary>Fails with <see cref="PluginException"/> when the program cannot be started.</summary>
    public static async Task<PluginProcess> StartAsync(PluginPackage package, PluginFolders folders, PluginRequestHandler handler, PluginLog log, PluginOptions options, TimeProvider time)
    {
        var start = PluginCommand.Of(package, folders, options);
        try
        {
            return new(await ProcessStarter.StartAsync(start), handler, log, options, time);
        }
        catch (Win32Exception problem)
        {
            throw new PluginException($"Its program '{start.FileName}' cannot be started: {problem.Message}. Install it on this server, or correct 'command' in {ManifestReader.FileName}.");
        }
    }

    public async Task<JsonElement> AskAsync(string method, JsonNode? parameters, TimeSpan patience, CancellationToken token)
    {
        try
        {
            return await _channel.AskAsync(method, parameters, patience, token);
        }
        catch (PluginBrokenException broken) when (broken.IsEnd)
        {
            // Why it is gone says more.
            await Ended;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        // What it started and let go of may hold its pipes open; nobody waits for that.
        await Task.WhenAll(_running, _watching, Ended, _errors).WaitAsync(_options.UnloadPatience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channel.Dispose();
        _process.Dispose();
        _over.Dispose();
    }

    private async Task EndAsync(CancellationToken token)
    {
        try
        {
            await await Task.WhenAny(_running, _watching);
        }
        catch (PluginBrokenException broken) when (broken.IsEnd)
        {
            throw await HasExitedAsync(token) ? new PluginBrokenException($"ended with exit code {_process.ExitCode}.") : new PluginBrokenException("closed its standard input or output.");
        }
    }

    // Its pipes close a moment before it is gone.
    private async Task<bool> HasExitedAsync(CancellationToken token)
    {
        try
        {
            await _process.WaitForExitAsync(token).WaitAsync(_options.UnloadPatience, _time, token);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WatchMemoryAsync(CancellationToken token)
    {
        using var timer = new PeriodicTimer(s_lookAtMemory, _time);
        while (await timer.WaitForNextTickAsync(token))
        {
            if (!_process.HasExited && ProcessTree.MemoryOf(_process.Id) is var used && used > _options.MostMemory)
                throw new PluginBrokenException($"took {used >> 20} MiB of memory, and may take {_options.MostMemory >> 20}.");
        }
    }

    /// <summary>Lines of any length go to the plugin's log, cut.</summary>
    private static async Task ReadErrorsAsync(Stream errors, PluginLog log)
    {
        var line = new StringBuilder();
        var (bytes, letters) = (new byte[4096], new char[4096]);
        var decoder = Encoding.UTF8.GetDecoder();
        try
        {
            while (await errors.ReadAsync(bytes) is > 0 and var read)
                foreach (var letter in letters.AsMemory(0, decoder.GetChars(bytes, 0, read, letters, 0)).ToArray())
                    if (letter == '\n')
                        Flush();
                    else if (line.Length <= PluginLog.LongestLine)
                        line.Append(letter);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The pipe broke with the process.
        }

        if (line.Length > 0)
            Flush();

        void Flush()
        {
            log.Add(line.ToString());
            line.Clear();
        }
    }
}
