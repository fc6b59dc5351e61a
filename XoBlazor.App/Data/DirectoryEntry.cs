namespace XoBlazor.App.Data;

/// <summary>The row of one directory: its settings as JSON, the service account's password sealed.</summary>
public sealed class DirectoryEntry
{
    /// <summary>Our own name of the directory; accounts and groups are linked to it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Directories are asked in this order.</summary>
    public required int Position { get; set; }

    /// <summary>False: kept, but nobody signs in through it.</summary>
    public required bool IsEnabled { get; set; }

    /// <summary>All but the password, as JSON.</summary>
    public required string Settings { get; set; }

    /// <summary>The service account's password, see <see cref="Sealed"/>; null when it has none.</summary>
    public string? SealedPassword { get; set; }
}
