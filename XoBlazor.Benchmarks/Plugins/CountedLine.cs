using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.Hosting;

namespace XoBlazor.Benchmarks.Plugins;

/// <summary>A line to a plugin that knows how many changes have gone over it.</summary>
internal sealed class CountedLine(IPluginLine line) : IPluginLine
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _changes;

    public Task Ended => line.Ended;

    public long Slowed => line.Slowed;

    /// <summary>All that was there at the beginning has been told.</summary>
    public Task Complete => _complete.Task;

    public long Changes => Volatile.Read(ref _changes);

    public async Task<JsonElement> AskAsync(string method, JsonNode? parameters, TimeSpan patience, CancellationToken token)
    {
        var (count, isComplete) = (parameters?["changes"]?.AsArray().Count ?? 0, parameters?["isComplete"] is not null);
        var answer = await line.AskAsync(method, parameters, patience, token);
        Interlocked.Add(ref _changes, count);
        if (isComplete)
            _complete.TrySetResult();
        return answer;
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();
}
