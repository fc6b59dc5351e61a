namespace XoBlazor.App.Hosting;

/// <summary>A part of the server that knows whether it can do its work. Registered by the room that owns the part.</summary>
public interface IReadinessCheck
{
    /// <summary>The part's name in the report: <c>database</c>, <c>pools</c>.</summary>
    string Name { get; }

    /// <summary>How the part is now. Must answer at once.</summary>
    Task<ReadinessState> LookAsync(CancellationToken token);
}

/// <summary>One part's state. A part that is not ready makes the whole server not ready.</summary>
/// <param name="Ready">Whether the server can do its work with the part as it is.</param>
/// <param name="State">States and counts for a supervisor, without names: <c>open</c>, <c>connected 2, unreachable 1</c>.</param>
public sealed record ReadinessState(bool Ready, string State);

/// <summary>What <c>/readyz</c> answers.</summary>
internal sealed record ReadinessReport(bool Ready, IReadOnlyDictionary<string, string> Parts);

/// <summary>Asks every part how it is.</summary>
internal sealed class Readiness(IEnumerable<IReadinessCheck> checks)
{
    public async Task<ReadinessReport> LookAsync(CancellationToken token)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var ready = true;
        foreach (var check in checks)
        {
            var state = await check.LookAsync(token);
            parts[check.Name] = state.State;
            ready &= state.Ready;
        }
        return new ReadinessReport(ready, parts);
    }
}
