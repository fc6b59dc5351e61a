using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Consoles;

/// <summary>How many consoles there may be, and how patient they are (<c>Consoles:*</c>).</summary>
public sealed class ConsoleOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Consoles";

    /// <summary>Consoles that one user may have open at once.</summary>
    [Range(1, 10_000, ErrorMessage = "Consoles:MostOfUser has to lie between 1 and 10000.")]
    public int MostOfUser { get; set; } = 32;

    /// <summary>Consoles that may be open at once on the VMs of one host, of all users together.</summary>
    [Range(1, 10_000, ErrorMessage = "Consoles:MostOfHost has to lie between 1 and 10000.")]
    public int MostOfHost { get; set; } = 256;

    /// <summary>How long a console waits for a browser that lost its connection.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Consoles:Grace has to lie between 0 seconds and 1 hour.")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a small picture of a screen becomes before the host is asked for another, as long as somebody looks.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Consoles:ThumbnailAge has to lie between 1 second and 1 hour.")]
    public TimeSpan ThumbnailAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Small pictures of screens that one user may ask for in a second, lasting; four times as many at once.</summary>
    [Range(1, 10_000, ErrorMessage = "Consoles:MostThumbnailsPerSecond has to lie between 1 and 10000.")]
    public int MostThumbnailsPerSecond { get; set; } = 25;

    /// <summary>A console that nobody types or points at for so long is closed; null for never.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "365.00:00:00", ErrorMessage = "Consoles:Idle has to lie between 10 seconds and 365 days.")]
    public TimeSpan? Idle { get; set; }

    /// <summary>A browser, or a host, that takes nothing for so long is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Consoles:Stalled has to lie between 1 second and 1 hour.")]
    public TimeSpan Stalled { get; set; } = TimeSpan.FromSeconds(30);
}
