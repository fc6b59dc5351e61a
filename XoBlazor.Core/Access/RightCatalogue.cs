using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace XoBlazor.Core.Access;

/// <summary>
/// All rights there are, collected from the operations and the readings that declare them. A right that is declared twice in different
/// words, is badly named or has an area without words stops the start.
/// </summary>
public sealed partial class RightCatalogue
{
    private readonly FrozenDictionary<string, Right> _byName;

    public RightCatalogue(IEnumerable<Right> declared)
    {
        var byName = new Dictionary<string, Right>(StringComparer.Ordinal);
        foreach (var right in declared)
        {
            if (!GoodName().IsMatch(right.Name) || right.AreaTitle is null)
                throw new InvalidOperationException($"the right '{right.Name}' needs a name like 'vm.start' in an area that Right.AreaTitle has words for");
            if (!byName.TryAdd(right.Name, right) && byName[right.Name] != right)
                throw new InvalidOperationException($"the right '{right.Name}' is declared as '{byName[right.Name]}' and as '{right}'");
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        All = [.. byName.Values.OrderBy(r => r.AreaTitle, StringComparer.Ordinal).ThenBy(r => r.Level).ThenBy(r => r.Title, StringComparer.Ordinal)];
    }

    /// <summary>By area, then from harmless to dangerous.</summary>
    public ImmutableArray<Right> All { get; }

    public Right? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The rights by area's title, for people who make a role.</summary>
    public IEnumerable<IGrouping<string, Right>> ByArea() => All.GroupBy(r => r.AreaTitle!);

    /// <summary>The rights that a role has.</summary>
    public IEnumerable<Right> Of(Role role) => All.Where(role.Has);

    [GeneratedRegex(@"^[a-z]+\.[a-z_]+(\.[a-z_]+)*$")]
    private static partial Regex GoodName();
}
