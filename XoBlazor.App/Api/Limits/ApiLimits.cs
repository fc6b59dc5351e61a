using System.ComponentModel.DataAnnotations;

namespace XoBlazor.App.Api.Limits;

/// <summary>What one connection of the API may ask for at once (<c>Api:*</c>); over a limit there is an error that names it.</summary>
public sealed class ApiLimits
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Api";

    /// <summary>How deep a message may be nested.</summary>
    public const int MostDepth = 64;

    /// <summary>Calls in one batch.</summary>
    public const int MostInBatch = 100;

    /// <summary>Bytes of a message by whoever is not signed in.</summary>
    public const int MostAnonymousBytes = 64 * 1024;

    /// <summary>Calls under way of whoever is not signed in.</summary>
    public const int MostAnonymousCalls = 8;

    /// <summary>Calls a second of whoever is not signed in, and ten times as many at once.</summary>
    public const int MostAnonymousRate = 50;

    /// <summary>Bytes of a message; whoever sends more is cut off.</summary>
    [Range(1024, 256 * 1024 * 1024, ErrorMessage = "Api:MostMessageBytes has to lie between 1024 and 268435456.")]
    public int MostMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Calls of a connection under way at once.</summary>
    [Range(1, 10_000, ErrorMessage = "Api:MostCallsInFlight has to lie between 1 and 10000.")]
    public int MostCallsInFlight { get; set; } = 256;

    /// <summary>Calls a second on one connection, lasting; twice as many at once.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Api:MostCallsPerSecond has to lie between 1 and 1000000.")]
    public int MostCallsPerSecond { get; set; } = 20_000;

    /// <summary>Calls a second of all connections of a user together, lasting; twice as many at once.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Api:MostCallsPerSecondOfUser has to lie between 1 and 1000000.")]
    public int MostCallsPerSecondOfUser { get; set; } = 40_000;

    /// <summary>Connections at once, of all together.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Api:MostConnections has to lie between 1 and 1000000.")]
    public int MostConnections { get; set; } = 5_000;

    /// <summary>A connection that takes nothing for so long is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Api:SlowReader has to lie between 1 second and 1 hour.")]
    public TimeSpan SlowReader { get; set; } = TimeSpan.FromSeconds(60);
}
