using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Grants;

/// <summary>Somebody a role can be given to.</summary>
public sealed record Subject(SubjectKind Kind, Guid Id, string Name)
{
    /// <summary>For the value of a choice.</summary>
    public string Key => $"{Kind}/{Id}";
}
