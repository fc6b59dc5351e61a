namespace XoBlazor.App.Data;

/// <summary>A role made in the console. Built-in roles are not kept here.</summary>
public sealed class RoleEntry
{
    /// <summary>Stands in grants; never changes.</summary>
    public required string Id { get; init; }

    /// <summary>Unique.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>The rights' names as a JSON array.</summary>
    public required string Rights { get; set; }
}

/// <summary>What people with a role, built-in or not, have to prove besides their password.</summary>
public sealed class RoleRequirement
{
    /// <summary>The role.</summary>
    public required string RoleId { get; init; }

    /// <summary>The proof that is needed.</summary>
    public required SecondFactor SecondFactor { get; set; }
}

/// <summary>A proof besides the password.</summary>
public enum SecondFactor
{
    /// <summary>None is needed.</summary>
    None,

    /// <summary>A code from an authenticator app, or a passkey.</summary>
    Any,

    /// <summary>A passkey, which cannot be passed on or phished.</summary>
    Passkey,
}
