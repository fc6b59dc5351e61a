namespace XoBlazor.Core.Access;

/// <summary>
/// How far a right reaches, each level above the one before. The built-in roles are cut by level, so that a new operation falls into the right
/// roles by what it declares; deciding the level is deciding who may.
/// </summary>
public enum RightLevel
{
    /// <summary>Looks and changes nothing. Every role from Viewer up.</summary>
    Read,

    /// <summary>Changes what runs, not what is: power, snapshots taken, a task cancelled, an alert dismissed. From Operator up.</summary>
    Operate,

    /// <summary>Changes what VMs and their disks are, up to deleting them. From VM administrator up.</summary>
    Manage,

    /// <summary>Changes hosts, pools, storage, networks, or the server itself. Administrator only.</summary>
    Administer,
}
