using System.Collections.Concurrent;
using System.Globalization;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What a pool's hosts know of their own starts: which of them are just starting, and which are to stay out of service after it. Any thread may call.</summary>
internal sealed class HostStarts
{
    private readonly ConcurrentDictionary<string, bool> _starting = [];
    private readonly ConcurrentDictionary<string, bool> _disabled = [];

    /// <summary>Whether the host's toolstack is up but does not take it into service yet.</summary>
    public bool IsStarting(string host) => _starting.ContainsKey(host);

    public void Begin(string host) => _starting[host] = true;

    /// <summary>The start has ended. True when the host goes back into service by itself.</summary>
    public bool End(string host)
    {
        _starting.TryRemove(host, out _);
        return !_disabled.ContainsKey(host);
    }

    /// <summary>The host was disabled for longer than one start.</summary>
    public void KeepDisabled(string host) => _disabled[host] = true;

    public void LetEnable(string host) => _disabled.TryRemove(host, out _);

    /// <summary>Writes when the machine booted and its toolstack started: whole seconds with a point, each later than the one before, as clients compare them.</summary>
    public static void Stamp(DbObject host, DateTimeOffset now, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            var before = double.TryParse(host["other_config"].AsMap[key]?.AsText, CultureInfo.InvariantCulture, out var old) ? Math.Floor(old) : 0;
            var moment = Math.Max(Math.Ceiling(now.ToUnixTimeMilliseconds() / 1000.0), before + 1);
            host.AddToMap("other_config", key, string.Create(CultureInfo.InvariantCulture, $"{moment:0}."));
        }
    }
}
