using System.ComponentModel.DataAnnotations;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>How often directories are read again (<c>Directories:*</c>).</summary>
public sealed class DirectorySyncOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Directories";

    /// <summary>The pause between two synchronisations of all directories.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "7.00:00:00", ErrorMessage = "Directories:SyncEvery has to lie between 5 seconds and 7 days, for example 00:15:00.")]
    public TimeSpan SyncEvery { get; set; } = TimeSpan.FromMinutes(15);
}
