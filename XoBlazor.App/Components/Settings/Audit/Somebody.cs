using System.Collections.Immutable;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Settings.Audit;

/// <summary>A person whose acts can be asked for.</summary>
/// <param name="Name">For somebody who is gone, the name of then.</param>
/// <param name="Gone">When somebody who is gone did something last; null for whoever has an account.</param>
public sealed record Somebody(string Id, string Name, DateTimeOffset? Gone)
{
    /// <summary>Who has an account, by name, then who had one and did something, the last to go first.</summary>
    internal static ImmutableArray<Somebody> Of(IReadOnlyDictionary<SubjectId, string> names, IEnumerable<AuditPerson> acted) =>
    [
        .. names.Where(one => one.Key.Kind == SubjectKind.User).Select(one => new Somebody(one.Key.Id, ForeignText.Shown(one.Value), null)).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase),
        .. acted.Where(one => !names.ContainsKey(SubjectId.User(one.Id))).OrderByDescending(one => one.Last).Select(one => new Somebody(one.Id, ForeignText.Shown(one.Name), one.Last)),
    ];
}
