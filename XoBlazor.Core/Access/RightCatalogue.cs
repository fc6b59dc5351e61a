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
    private readonly ImmutableArray<Right> _declared;
    private readonly Func<IEnumerable<Right>> _more;

    /// <param name="more">Those that come and go with plugins; one that is named like another is left out.</param>
    public RightCatalogue(IEnumerable<Right> declared, Func<IEnumerable<Right>>? more = null)
    {
        _more = more ?? (static () => []);
        var byName = new Dictionary<string, Right>(StringComparer.Ordinal);
        foreach (var right in declared)
        {
            if (!GoodName().IsMatch(right.Name) || right.AreaTitle is null)
                throw new InvalidOperationException($"the right '{right.Name}' needs a name like 'vm.start' in an area that Right.AreaTitle has words for");
            if (!byName.TryAdd(right.Name, right) && byName[right.Name] != right)
                throw new InvalidOperationException($"the right '{right.Name}' is declared as '{byName[right.Name]}' and as '{right}'");
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _declared = [.. byName.Values];
    }

    /// <summary>By area, then from harmless to dangerous.</summary>
    public ImmutableArray<Right> All => [.. _declared.Concat(More).OrderBy(r => r.AreaTitle, StringComparer.Ordinal).ThenBy(r => r.Level).ThenBy(r => r.Title, StringComparer.Ordinal)];

    public Right? Find(string name) => _byName.GetValueOrDefault(name) ?? More.FirstOrDefault(right => right.Name == name);

    /// <summary>The rights by area's title, for people who make a role.</summary>
    public IEnumerable<IGrouping<string, Right>> ByArea() => All.GroupBy(r => r.AreaTitle!);

    /// <summary>The rights that a role has.</summary>
    public IEnumerable<Right> Of(Role role) => All.Where(role.Has);

    private IEnumerable<Right> More => _more().Where(right => !_byName.ContainsKey(right.Name) && right.AreaTitle is not null);

    [GeneratedRegex(@"^[a-z]+\.[a-z_]+(\.[a-z_]+)*$")]
    private static partial Regex GoodName();
}
