using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Grants;

/// <summary>Somebody a role can be given to.</summary>
/// <param name="Also">What tells it from others of a like name, such as the display name.</param>
public sealed record Subject(SubjectKind Kind, Guid Id, string Name, string? Also = null)
{
    /// <summary>For the value of a choice.</summary>
    public string Key => $"{Kind}/{Id}";
}
