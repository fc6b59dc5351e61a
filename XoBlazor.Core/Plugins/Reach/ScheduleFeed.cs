using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Plugins.Wire;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// Wakes a plugin for its scheduled work, one piece after the other. When each was begun last stands beside what the plugin keeps, before it begins: after a restart, what was missed is
/// done once, and nothing again before its time.
/// </summary>
internal sealed class ScheduleFeed : IPluginFeed
{
    private const string Place = PluginStorage.Reserved + "schedule:";

    // The clock may be set.
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(1);

    private readonly string _plugin;
    private readonly PluginContext _context;
    private readonly ImmutableArray<Line> _all;
    private readonly Channel<string> _now = Channel.CreateBounded<string>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite });

    public ScheduleFeed(PluginSettings plugin, PluginContext context) =>
        (_plugin, _context, _all) = (plugin.Id, context, [.. plugin.Given.Of<ScheduleWant>().Select(want => new Line(want))]);

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    public async Task RunAsync(IPluginLine line, CancellationToken token)
    {
        await BeginAsync(token);
        using var asked = _context.Schedules.Take(_plugin, name => _now.Writer.TryWrite(name));
        try
        {
            Tell();
            while (true)
                await DoAsync(line, await NextAsync(token), token);
        }
        finally
        {
            foreach (var one in _all)
                one.Next = null;
            Tell();
        }
    }

    private async Task BeginAsync(CancellationToken token)
    {
        var kept = await _context.Store.ValuesAsync(_plugin, token);
        foreach (var one in _all)
        {
            one.Kept = kept.TryGetValue(Place + one.Want.Name, out var text) && JsonSerializer.Deserialize<Record>(text) is { } known ? known : new(Now, null, null);
            if (text is null)
                await KeepAsync(one);
            Plan(one);
        }
    }

    /// <summary>The next one that is due, or that somebody wants done now.</summary>
    private async Task<Line> NextAsync(CancellationToken token)
    {
        while (true)
        {
            if (_now.Reader.TryRead(out var name) && _all.FirstOrDefault(one => one.Want.Name == name) is { } wanted)
                return wanted;
            var first = _all.MinBy(one => one.Next)!;
            if (first.Next - Now is not { } left || left <= TimeSpan.Zero)
                return first;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token);
            await Task.WhenAny(Task.Delay(left < s_look ? left : s_look, _context.Time, either.Token), _now.Reader.WaitToReadAsync(either.Token).AsTask());
            await either.CancelAsync();
            token.ThrowIfCancellationRequested();
        }
    }

    private async Task DoAsync(IPluginLine line, Line one, CancellationToken token)
    {
        (one.Kept, one.IsRunning) = (one.Kept with { Last = Now, Problem = "It had not ended when the plugin was unloaded, or the server stopped." }, true);
        await KeepAsync(one);
        Plan(one);
        Tell();
        try
        {
            await line.AskAsync("schedule.run", new JsonObject { ["name"] = one.Want.Name }, _context.Options.SchedulePatience, token);
            one.Kept = one.Kept with { Problem = null };
        }
        catch (PluginAnsweredErrorException failed)
        {
            one.Kept = one.Kept with { Problem = failed.Message };
        }
        catch (PluginBrokenException broken)
        {
            one.Kept = one.Kept with { Problem = $"The plugin {broken.Message}" };
            throw;
        }
        finally
        {
            one.IsRunning = false;
            await KeepAsync(one);
            Tell();
        }
    }

    private void Plan(Line one) => one.Next = ScheduleTimes.Next(one.Want, one.Kept.Last ?? one.Kept.Since, one.Kept.Last is null, Random.Shared.NextDouble(), _context.Time.LocalTimeZone);

    private Task KeepAsync(Line one) => _context.Store.SetValueAsync(_plugin, Place + one.Want.Name, JsonSerializer.Serialize(one.Kept), CancellationToken.None);

    private void Tell() => _context.Schedules.Tell(_plugin, [.. _all.Select(one => new ScheduleStatus(one.Want.Name, one.Kept.Last, one.Kept.Problem, one.Next, one.IsRunning))]);

    /// <summary>What is kept of one.</summary>
    /// <param name="Since">When it was first wanted.</param>
    private sealed record Record(DateTimeOffset Since, DateTimeOffset? Last, string? Problem);

    private sealed class Line(ScheduleWant want)
    {
        public ScheduleWant Want { get; } = want;

        public Record Kept { get; set; } = new(default, null, null);

        public DateTimeOffset? Next { get; set; }

        public bool IsRunning { get; set; }
    }
}
