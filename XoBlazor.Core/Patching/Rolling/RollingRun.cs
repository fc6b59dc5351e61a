using System.Collections.Immutable;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>
/// One rolling reboot or update of a pool, all of it: what was asked for, what was before, how far it is and what happened. Immutable; each state is stored before the step
/// it names is taken, so that whoever reads it after a crash knows the only step that may be half done.
/// </summary>
public sealed record RollingRun
{
    private const int MostNotes = 2_000;

    public required Guid Id { get; init; }

    /// <summary>The pool's uuid.</summary>
    public required string Pool { get; init; }

    /// <summary>The pool's name when the run began.</summary>
    public required string PoolName { get; init; }

    public required RollingRequest Request { get; init; }

    public required DateTimeOffset Began { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The number of the audit record of its beginning; zero for none.</summary>
    public long Act { get; init; }

    public RollingState State { get; init; }

    public RollingStage Stage { get; init; }

    public RollingWish Wish { get; init; }

    /// <summary>It is being ended early: no further host is touched, and what was changed is put back.</summary>
    public bool IsCancelling { get; init; }

    /// <summary>Why it stopped, in words; null when it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>HA before the run; null where it was off.</summary>
    public HaBefore? Ha { get; init; }

    /// <summary>VMs started with the pool before the run.</summary>
    public bool AutoPowerOn { get; init; }

    /// <summary>The hosts take updates only all at once: they get them before the first is emptied.</summary>
    public bool InstallsFirst { get; init; }

    /// <summary>In the order of their turns.</summary>
    public ImmutableArray<RollingHost> Hosts { get; init; } = [];

    /// <summary>Those that ran when it began.</summary>
    public ImmutableArray<RollingVm> Vms { get; init; } = [];

    /// <summary>The log, oldest first.</summary>
    public ImmutableArray<RollingNote> Notes { get; init; } = [];

    public bool IsOver => State is RollingState.Completed or RollingState.Cancelled;

    /// <summary>The host whose turn it is, or is next; null when all are over.</summary>
    public RollingHost? Current => Stage == RollingStage.Hosts ? Hosts.FirstOrDefault(host => !host.IsOver) : null;

    /// <summary>Hosts that are over, of all: 0 to 1.</summary>
    public double Progress => State == RollingState.Completed ? 1 : Hosts.IsEmpty ? 0 : (double)Hosts.Count(host => host.IsOver) / (Hosts.Length + 1);

    public RollingRun With(RollingHost host) => this with { Hosts = [.. Hosts.Select(one => one.Uuid == host.Uuid ? host : one)] };

    public RollingRun With(RollingVm vm) => this with { Vms = [.. Vms.Select(one => one.Uuid == vm.Uuid ? vm : one)] };

    /// <summary>With one more line in the log; of a very long one the middle goes.</summary>
    public RollingRun Noting(DateTimeOffset time, string words, bool isProblem = false, string? host = null) =>
        this with { Notes = (Notes.Length < MostNotes ? Notes : Notes.RemoveAt(MostNotes / 2)).Add(new(time, words, isProblem, host)) };
}
