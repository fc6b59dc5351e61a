using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Journal;

/// <summary>The journal's settings, section <c>Journal</c>; checked at start.</summary>
public sealed class JournalOptions : IValidatableObject
{
    public const string Section = "Journal";

    private const long SmallestSize = 16L << 20;

    /// <summary>The folder the journal lies in; set by the server to <c>journal</c> in its data folder.</summary>
    [Required(ErrorMessage = "Journal:Folder is missing; name the folder that is to hold the journal.")]
    public string Folder { get; set; } = "";

    /// <summary>Entries older than this are removed, in steps of about an eighth of it.</summary>
    public TimeSpan RetentionAge { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The oldest entries are removed when the journal takes more bytes than this, in steps of about an eighth of it.</summary>
    public long RetentionSize { get; set; } = 8L << 30;

    /// <summary>How often what was seen is written, so about how much a crash can lose.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many changes may wait for the disk one by one; beyond that only the sum for each object is kept and a gap is noted.</summary>
    [Range(1_000, 10_000_000, ErrorMessage = "Journal:QueueLength must lie between 1000 and 10000000 changes.")]
    public int QueueLength { get; set; } = 100_000;

    /// <summary>Which changes are recorded less often. Rules from the settings come after the default ones and override them, field by field.</summary>
    public IList<ThinningRule> Thinning { get; set; } = ThinningPolicy.DefaultRules();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetentionAge < TimeSpan.FromMinutes(1))
            yield return new("Journal:RetentionAge must be at least one minute (write days as 90.00:00:00).", [nameof(RetentionAge)]);
        if (RetentionSize < SmallestSize)
            yield return new($"Journal:RetentionSize must be at least {SmallestSize} bytes (16 MiB).", [nameof(RetentionSize)]);
        if (FlushInterval < TimeSpan.FromMilliseconds(10) || FlushInterval > TimeSpan.FromMilliseconds(900))
            yield return new("Journal:FlushInterval must lie between 10 and 900 milliseconds: a crash may lose at most one second.", [nameof(FlushInterval)]);
        foreach (var problem in ThinningPolicy.Problems(Thinning))
            yield return new(problem, [nameof(Thinning)]);
    }
}
