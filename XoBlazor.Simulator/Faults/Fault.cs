namespace XoBlazor.Simulator.Faults;

/// <summary>
/// One misbehaviour that was asked for. <see cref="Method"/> limits it to one call (<c>event.from</c>), <see cref="Times"/> to so many
/// answers; without them it holds for every call until it is cleared.
/// </summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>The call that is hit, or null for every call.</summary>
    public string? Method { get; init; }

    /// <summary>How many answers are hit; null: all, until cleared.</summary>
    public int? Times { get; init; }

    /// <summary>How long to refuse, wait, or stay away.</summary>
    public double Seconds { get; init; }

    /// <summary>How much of an answer's or a stream's body passes before something happens, or passes in a second.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether a changed certificate is also written into the host's record, as an orderly renewal does.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>How many calls go well before the fault takes one.</summary>
    public int Skip { get; init; }

    /// <summary>The code of the error and its parameters.</summary>
    public IReadOnlyList<string> Error { get; init; } = [];

    /// <summary>
    /// The uuid of the host that becomes the coordinator, or that a stream is sent to; null: the next one by uuid. For faults that hit hosts: the one
    /// that is hit; null: the first that comes.
    /// </summary>
    public string? Host { get; init; }
}
