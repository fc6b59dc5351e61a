namespace XoBlazor.App.Data;

/// <summary>A group of people that grants can name: made here, or a directory's.</summary>
public sealed class GroupEntry
{
    /// <summary>Our own name of the group; stands in grants.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique among the groups made here, and among those of one directory.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>The directory that says who is in it; null for a group made here.</summary>
    public Guid? DirectoryId { get; init; }

    /// <summary>The directory's own lasting identifier of the group.</summary>
    public string? DirectoryGroupId { get; init; }

    /// <summary>Its distinguished name when the directory last told of it; mappings may name it so.</summary>
    public string? DirectoryDn { get; set; }
}

/// <summary>An account is in a group.</summary>
public sealed class GroupMember
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The account.</summary>
    public required Guid AccountId { get; init; }
}
