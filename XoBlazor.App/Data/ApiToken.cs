namespace XoBlazor.App.Data;

/// <summary>What a program signs in with in place of a person. Only a hash of it is kept: it can be shown once, when it is made.</summary>
public sealed class ApiToken
{
    /// <summary>Our own name of the token; the first part of what is shown.</summary>
    public required Guid Id { get; init; }

    /// <summary>For whom it speaks.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What it is for, in its owner's words.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret part: it is random and long, so it needs no slow hash.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>A role beyond which it may nothing, whatever its owner may; null for all its owner may.</summary>
    public string? RoleId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it stops working.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsed { get; set; }

    /// <summary>From where it was last used.</summary>
    public string? LastAddress { get; set; }
}
