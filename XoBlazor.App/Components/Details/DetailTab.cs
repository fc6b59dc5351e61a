namespace XoBlazor.App.Components.Details;

/// <summary>A tab of a detail page.</summary>
/// <param name="Name">What stands in the address.</param>
/// <param name="Count">How many things are in it; null where that says nothing.</param>
public readonly record struct DetailTab(string Name, string Title, int? Count = null)
{
    public static readonly DetailTab General = new("general", "General");
    public static readonly DetailTab Updates = new("updates", "Updates");
    public static readonly DetailTab Statistics = new("statistics", "Statistics");
    public static readonly DetailTab Timeline = new("timeline", "Timeline");
    public static readonly DetailTab Access = new("access", "Access");
    public static readonly DetailTab Advanced = new("advanced", "Advanced");
}
