namespace XoBlazor.Core.Access;

public enum SubjectKind
{
    User,
    Group,
}

/// <summary>Who a grant is for: an account or a group, local or from a directory, by its lasting identifier.</summary>
public readonly record struct SubjectId(SubjectKind Kind, string Id)
{
    public static SubjectId User(string id) => new(SubjectKind.User, id);

    public static SubjectId Group(string id) => new(SubjectKind.Group, id);

    public override string ToString() => $"{(Kind == SubjectKind.User ? "user" : "group")} {Id}";
}
