using System.Collections.Immutable;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>What a rolling reboot or update would meet if it began now: a report in words, with names. Immutable; nothing was changed for it.</summary>
public sealed record Rehearsal
{
    /// <summary>The pool's uuid.</summary>
    public required string Pool { get; init; }

    public required string PoolName { get; init; }

    /// <summary>What was rehearsed.</summary>
    public required RollingKind Kind { get; init; }

    /// <summary>When it was looked.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>In the order of their turns.</summary>
    public required ImmutableArray<RehearsedHost> Hosts { get; init; }

    /// <summary>What blocks first.</summary>
    public required ImmutableArray<RehearsalFinding> Findings { get; init; }

    /// <summary>Updates may ask for restarts of VMs: whether that may be done is to be said.</summary>
    public bool RestartsAreAsked { get; init; }

    /// <summary>How long it would take.</summary>
    public required TimeSpan Expected { get; init; }

    /// <summary>How that was reckoned.</summary>
    public required string Reckoning { get; init; }

    public required ImmutableArray<RehearsedFailure> Failures { get; init; }

    /// <summary>Nothing blocks it.</summary>
    public bool IsReady => !Findings.Any(finding => finding.Level == FindingLevel.Blocks);

    /// <summary>It in a sentence.</summary>
    public string Summary
    {
        get
        {
            var (blocks, warns) = (Findings.Count(one => one.Level == FindingLevel.Blocks), Findings.Count(one => one.Level == FindingLevel.Warns));
            return blocks > 0 ? $"{PoolName} cannot be {Done} host by host as it is: {Count(blocks, "thing is", "things are")} in the way."
                : warns > 0 ? $"{PoolName} can be {Done} host by host; {Count(warns, "thing", "things")} should be known before."
                : $"{PoolName} can be {Done} host by host.";
        }
    }

    private string Done => Kind switch
    {
        RollingKind.Reboot => "rebooted",
        RollingKind.Update => "updated",
    };

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
