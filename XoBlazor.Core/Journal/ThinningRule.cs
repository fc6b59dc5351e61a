namespace XoBlazor.Core.Journal;

/// <summary>
/// Says that some fields of some classes are noise: changes to nothing but such fields are recorded at most once in <see cref="Every"/>
/// for each object, the last value at the end of that time at the latest. When anything else of the object changes, all its fields are recorded.
/// The entry that follows says how many changes were left out (<see cref="JournalEntry.Omitted"/>).
/// </summary>
public sealed class ThinningRule
{
    /// <summary>A class's name on the wire, or <c>*</c> for all.</summary>
    public string Class { get; set; } = "*";

    /// <summary>The names of the fields on the wire, or <c>*</c> for all.</summary>
    public IList<string> Fields { get; set; } = [];

    /// <summary>Zero takes the fields out of thinning again.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);
}
