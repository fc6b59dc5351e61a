namespace XoBlazor.App.Data;

/// <summary>A rolling reboot or update, those under way and the newest that ended; see <see cref="Core.Patching.Rolling.RollingRun"/>.</summary>
public sealed class RollingEntry
{
    public required Guid Id { get; init; }

    /// <summary>The pool's uuid.</summary>
    public required string Pool { get; init; }

    public required DateTimeOffset Began { get; init; }

    /// <summary>Nothing more is to be done.</summary>
    public required bool IsOver { get; init; }

    /// <summary>All of it, as JSON.</summary>
    public required string Run { get; init; }
}
