using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Settings.Grants;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Access;

/// <summary>Reads who has what on an object, from the grants as they are now. For those only who may give and take them.</summary>
public sealed partial class ObjectAccess
{
    private const int MostOffered = 200;

    private ImmutableDictionary<SubjectId, string> _names = ImmutableDictionary<SubjectId, string>.Empty;
    private List<Line> _lines = [];
    private (AccessPolicy?, PoolPicture?, int) _read;
    private AccessPolicy? _named;
    private string _find = "";
    private string _who = "";
    private string _right = Core.Access.Right.View.Name;
    private (string User, Right Right)? _asked;
    private string? _refusal;
    private bool _isGiving;

    [Parameter, EditorRequired]
    public PoolPicture Pool { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiObject Object { get; set; } = default!;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private RightCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private SubjectNames Names { get; set; } = default!;

    [Inject]
    private ViewAs Looking { get; set; } = default!;

    protected override bool FollowsTime => true;

    private IEnumerable<(string Id, string Name)> Users =>
        _names.Where(n => n.Key.Kind == SubjectKind.User).Select(n => (n.Key.Id, n.Value)).OrderBy(n => n.Value, StringComparer.OrdinalIgnoreCase);

    private List<Line> Found => _find.Trim() is not { Length: > 0 } text ? _lines
        : [.. _lines.Where(l => l.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || l.Reason.Role.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || l.Group?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)];

    protected override Task OnParametersSetAsync()
    {
        Read();
        return NameAsync();
    }

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        if (!ReferenceEquals(Access.Policy, _named))
            _ = InvokeAsync(async () =>
            {
                await NameAsync();
                StateHasChanged();
            });
        return Read();
    }

    /// <summary>True when it reads differently.</summary>
    private bool Read()
    {
        var now = (Access.Policy, Scene.Pool(Pool.Uuid)?.Picture, View.Rights);
        if (_read == now)
            return false;
        var before = _lines;
        _read = now;
        _lines = Lines();
        return _asked is not null || !before.SequenceEqual(_lines);
    }

    private async Task NameAsync()
    {
        _named = Access.Policy;
        try
        {
            _names = await Names.AllAsync(Gone);
            _lines = Lines();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private List<Line> Lines()
    {
        if (!View.May(AdministrationRights.Grants))
            return [];
        var policy = Access.Policy;
        var users = policy.Grants.Where(g => g.Subject.Kind == SubjectKind.User).Select(g => g.Subject.Id).Concat(policy.GroupsOfUsers.Keys).Distinct(StringComparer.Ordinal);
        return [.. users.SelectMany(LinesOf).OrderBy(l => l.Name, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Reason.Grant.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<Line> LinesOf(string user)
    {
        var actor = new Actor(user, NameOf(SubjectId.User(user)));
        foreach (var reason in Explain(actor, Core.Access.Right.View))
        {
            // Some relations carry only as far as looking.
            var more = Catalogue.Of(reason.Role).FirstOrDefault(r => r.Level > RightLevel.Read);
            var isForReading = more is not null && !Explain(actor, more).Any(r => r.Grant.Id == reason.Grant.Id);
            yield return new(user, actor.Name, reason, reason.Via is { } group ? NameOf(SubjectId.Group(group)) : null, isForReading);
        }
    }

    private ImmutableArray<AccessReason> Explain(Actor actor, Right right) => Access.Explain(actor, right, Pool.Key(Object));

    private string NameOf(SubjectId subject) => _names.GetValueOrDefault(subject, subject.Id);

    private string Because(AccessReason reason)
    {
        var name = ObjectLooks.Name(Object);
        var last = reason.Steps.IsEmpty ? name : ObjectLooks.Name(reason.Steps[^1].To);
        var way = string.Join(", ", reason.Steps.Select(s => $"{s.Relation}: {Pool.NameOf(s.To)}"));
        var end = reason.Grant.Scope switch
        {
            AccessScope.OfVms => $"{last} matches",
            AccessScope.OfHost { WithVms: true } host when reason.Steps is not [.., { To: Host }] && Object is not Host => $"{last} runs there",
            AccessScope.OfHost or AccessScope.OfObject => reason.Steps.IsEmpty ? "it is named" : "which is named",
            _ => "it is in it",
        };
        return way.Length == 0 ? end : $"{way}; {end}";
    }

    private void Ask() => _asked = Catalogue.Find(_right) is { } right && _who.Trim().Length > 0 ? (_who.Trim(), right) : null;

    private (string Verdict, List<string> Reasons)? Answer()
    {
        if (_asked is not { } asked)
            return null;
        if (Users.FirstOrDefault(u => u.Name.Equals(asked.User, StringComparison.OrdinalIgnoreCase)) is not { Id: { } id, Name: var name })
            return ($"There is no user called {asked.User}.", []);
        var reasons = Explain(new(id, name), asked.Right);
        var right = $"“{asked.Right.Title}”";
        if (reasons.IsEmpty)
            return ($"No: nothing that was granted gives {name} {right} on {ObjectLooks.Name(Object)}.", []);
        return ($"Yes: {name} has {right} on {ObjectLooks.Name(Object)}.",
            [.. reasons.Select(r => $"{(r.Via is { } group ? $"The group {NameOf(SubjectId.Group(group))}" : name)} has the role {r.Role.Name} on {ScopeWords.Of(r.Grant.Scope, Scene)}: {Because(r)}.")]);
    }

    private async Task ViewAsAsync(Line line)
    {
        try
        {
            _refusal = null;
            await Looking.StartAsync(line.User, line.Name);
        }
        catch (AdministrationRefusedException refused)
        {
            _refusal = refused.Message;
        }
    }

    /// <summary>One grant that reaches the object, for one user.</summary>
    /// <param name="Group">The group's name that it comes through; null for a grant to the user.</param>
    /// <param name="IsForReading">The way it comes here carries only as far as looking.</param>
    private sealed record Line(string User, string Name, AccessReason Reason, string? Group, bool IsForReading)
    {
        public bool Equals(Line? other) => other is not null && (User, Name, Group, IsForReading) == (other.User, other.Name, other.Group, other.IsForReading)
            && Reason.Grant == other.Reason.Grant && Reason.Role.Equals(other.Reason.Role) && Reason.Steps.SequenceEqual(other.Reason.Steps);

        public override int GetHashCode() => HashCode.Combine(User, Reason.Grant);
    }
}
