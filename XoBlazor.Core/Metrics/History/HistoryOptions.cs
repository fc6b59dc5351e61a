using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Metrics.History;

/// <summary>How long figures are kept, section <c>Metrics</c>; checked at start.</summary>
public sealed class HistoryOptions : IValidatableObject
{
    public const string Section = "Metrics";

    private const long SmallestSize = 16L << 20;

    /// <summary>The folder of the file; set by the server to <c>metrics</c> in its data folder.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Whether figures are written down at all. What is there already can be read either way.</summary>
    public bool History { get; set; } = true;

    /// <summary>How long there is a value for every five minutes.</summary>
    public TimeSpan FineAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long there is a value for every hour.</summary>
    public TimeSpan HourlyAge { get; set; } = TimeSpan.FromDays(396);

    /// <summary>When the file is larger, the oldest five-minute values go, and then the oldest hourly ones.</summary>
    public long MostBytes { get; set; } = 4L << 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FineAge < TimeSpan.FromDays(1) || FineAge > TimeSpan.FromDays(400))
            yield return new("Metrics:FineAge must lie between 1 and 400 days (write days as 30.00:00:00).", [nameof(FineAge)]);
        if (HourlyAge < FineAge || HourlyAge > TimeSpan.FromDays(3660))
            yield return new("Metrics:HourlyAge must lie between Metrics:FineAge and ten years (write days as 396.00:00:00).", [nameof(HourlyAge)]);
        if (MostBytes < SmallestSize)
            yield return new($"Metrics:MostBytes must be at least {SmallestSize} bytes (16 MiB).", [nameof(MostBytes)]);
    }
}
