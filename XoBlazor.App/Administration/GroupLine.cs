namespace XoBlazor.App.Administration;

/// <summary>A group as people look at one.</summary>
/// <param name="Directory">The name of the directory that says who is in it; null for a group made here.</param>
/// <param name="Members">How many there are.</param>
public sealed record GroupLine(Guid Id, string Name, string Description, string? Directory, int Members)
{
    public string Source => Directory ?? "This server";
}
