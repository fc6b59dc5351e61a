using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins;

/// <summary>The last lines that a plugin wrote, each cut to <see cref="LongestLine"/>. They stay out of the server's log, which nobody shall flood. Safe from any thread.</summary>
public sealed class PluginLog(TimeProvider time)
{
    public const int MostLines = 200;
    public const int LongestLine = 500;

    private readonly Lock _gate = new();
    private readonly Queue<PluginLogLine> _lines = new();
    private long _written;

    /// <summary>How many lines there have been.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>The oldest first.</summary>
    public ImmutableArray<PluginLogLine> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public void Add(string text)
    {
        var line = new PluginLogLine(time.GetUtcNow(), ForeignText.Shown(text.Length > LongestLine ? text[..LongestLine] + "…" : text));
        lock (_gate)
        {
            if (_lines.Count == MostLines)
                _lines.Dequeue();
            _lines.Enqueue(line);
            _written++;
        }
    }
}

/// <summary>A line that a plugin wrote, made visible.</summary>
public sealed record PluginLogLine(DateTimeOffset Time, string Text);
