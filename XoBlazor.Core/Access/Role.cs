using System.Collections.Immutable;

namespace XoBlazor.Core.Access;

/// <summary>A named set of rights. The built-in ones are fixed and cut by level; custom ones name their rights. Immutable; compared by what it says.</summary>
public sealed class Role : IEquatable<Role>
{
    private readonly RightLevel? _upTo;

    private Role(string id, string name, string description, RightLevel? upTo, IEnumerable<string> rights) =>
        (Id, Name, Description, _upTo, Rights) = (id, name, description, upTo, rights.ToImmutableSortedSet(StringComparer.Ordinal));

    public static Role Viewer { get; } = new("viewer", "Viewer", "Sees, and changes nothing.", RightLevel.Read, []);

    public static Role Operator { get; } = new("operator", "Operator", "Sees and runs: power, snapshots, consoles, alerts.", RightLevel.Operate, []);

    public static Role VmAdministrator { get; } =
        new("vm-administrator", "VM administrator", "Runs, makes, changes and deletes VMs and their disks.", RightLevel.Manage, []);

    /// <summary>Whoever has this on everything is an administrator of the server.</summary>
    public static Role Administrator { get; } = new("administrator", "Administrator", "May do everything.", RightLevel.Administer, []);

    public static ImmutableArray<Role> BuiltIn { get; } = [Viewer, Operator, VmAdministrator, Administrator];

    /// <summary>The lasting name; what grants and tokens hold.</summary>
    public string Id { get; }

    public string Name { get; }

    public string Description { get; }

    public bool IsBuiltIn => _upTo is not null;

    /// <summary>The names of a custom role's rights; empty for a built-in one, which has all up to its level.</summary>
    public ImmutableSortedSet<string> Rights { get; }

    /// <summary>
    /// A role made by people. It always has <see cref="Right.View"/>: nothing can be done to what does not exist. Names that no right has now
    /// stay and mean nothing. Fails with <see cref="ArgumentException"/> for an id of a built-in role.
    /// </summary>
    public static Role Custom(string id, string name, IEnumerable<string> rights, string description = "") =>
        BuiltIn.Any(r => r.Id == id) ? throw new ArgumentException($"'{id}' is a built-in role, which cannot be changed.", nameof(id))
        : new(id, name, description, null, rights.Append(Right.View.Name));

    public bool Has(Right right) => _upTo is { } level ? right.Level <= level : Rights.Contains(right.Name);

    public bool Equals(Role? other) => other is not null && Id == other.Id && Name == other.Name && Description == other.Description
        && _upTo == other._upTo && Rights.SetEquals(other.Rights);

    public override bool Equals(object? obj) => Equals(obj as Role);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
