using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.App.Components.Settings.Grants;

/// <summary>Gives somebody a role somewhere; says meanwhile how many VMs that is.</summary>
public sealed partial class GiveGrant
{
    private const int MostHits = 8;

    private static readonly (ScopeKind Kind, string Words)[] s_kinds =
    [
        (ScopeKind.Rule, "VMs by a rule"),
        (ScopeKind.Object, "one object"),
        (ScopeKind.Host, "a host"),
        (ScopeKind.Pool, "a pool"),
        (ScopeKind.Everything, "everything"),
    ];

    private ImmutableArray<Subject> _subjects = [];
    private Subject? _subject;
    private string _role = Role.Viewer.Id;
    private ScopeKind _kind = ScopeKind.Rule;
    private string _pool = "";
    private string _host = "";
    private bool _withVms;
    private string _search = "";
    private (ScenePool Pool, XapiObject Object)? _object;
    private string _rule = "";
    private string _rulePool = "";
    private (AccessScope Scope, long Version, int Vms)? _counted;

    /// <summary>Who gets it; null to choose somebody.</summary>
    [Parameter]
    public Subject? Subject { get; set; }

    /// <summary>What it is to be given on, to begin with; null for a rule.</summary>
    [Parameter]
    public ObjectKey? On { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnDone { get; set; }

    [Inject]
    private GrantAdministration Grants { get; set; } = default!;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    // The count follows the pools, once a second.
    protected override bool FollowsTime => true;

    private IEnumerable<Role> Roles =>
        Access.Policy.Roles.Values.OrderBy(role => Role.BuiltIn.IndexOf(role) is >= 0 and var at ? at : int.MaxValue).ThenBy(role => role.Name, StringComparer.OrdinalIgnoreCase);

    private IReadOnlyList<(ScenePool Pool, XapiObject Object)> Hits => _search.Trim().Length == 0 ? [] : ObjectSearch.Find(Scene, _search.Trim(), MostHits);

    private FilterError? RuleError =>
        _rule.Trim().Length == 0 || AccessScope.OfVms.TryCreate(_rule, null, out _, out var error) ? null : error;

    /// <summary>What is chosen; null as long as something is missing.</summary>
    private AccessScope? Scope => _kind switch
    {
        ScopeKind.Everything => AccessScope.Everything.Instance,
        ScopeKind.Pool => _pool.Length > 0 ? new AccessScope.OfPool(_pool) : null,
        ScopeKind.Host => _host.Split('/') is [var pool, var uuid] ? new AccessScope.OfHost(new(pool, uuid), _withVms) : null,
        ScopeKind.Object => _object is { } chosen ? new AccessScope.OfObject(chosen.Pool.Picture!.Key(chosen.Object)) : null,
        ScopeKind.Rule => _rule.Trim().Length > 0 && AccessScope.OfVms.TryCreate(_rule.Trim(), _rulePool.Length > 0 ? _rulePool : null, out var rule, out _) ? rule : null,
    };

    private string? Reach
    {
        get
        {
            if (Scope is not { } scope)
                return null;
            var version = Scene.ContentVersion(XapiClass.Vm);
            if (_counted is not { } known || known.Scope != scope || known.Version != version)
                _counted = known = (scope, version, ScopeReach.CountVms(View.Objects, scope));
            return _kind == ScopeKind.Rule ? $"Matches {Words.Count(known.Vms, "VM")} now." : $"Reaches {Words.Count(known.Vms, "VM")} now.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _subject = Subject;
        Begin();
        if (Subject is not null)
            return;
        var users = await Reader.UsersAsync(CancellationToken.None);
        var groups = await Reader.GroupsAsync(CancellationToken.None);
        _subjects =
        [
            .. groups.Select(group => new Subject(SubjectKind.Group, group.Id, group.Name, group.Source)),
            .. users.Select(user => new Subject(SubjectKind.User, user.Id, user.Name, user.DisplayName)),
        ];
    }

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder() => _counted is { } known && known.Version != Scene.ContentVersion(XapiClass.Vm);

    private int Start(FilterError error) => Math.Clamp(error.Position, 0, _rule.Length);

    private int End(FilterError error) => Math.Clamp(error.Position + error.Length, Start(error), _rule.Length);

    private void Begin()
    {
        if (On is not { } key || Scene.Pool(key.Pool) is not { } pool || Scene.Find<XapiObject>(key) is not { } value)
            return;
        switch (value)
        {
            case Pool:
                (_kind, _pool) = (ScopeKind.Pool, key.Pool);
                break;
            case Host:
                (_kind, _host) = (ScopeKind.Host, key.ToString());
                break;
            default:
                (_kind, _object) = (ScopeKind.Object, (pool, value));
                break;
        }
    }

    private void Switch(ScopeKind kind) => _kind = kind;

    private Task GiveAsync(Requester requester) =>
        Grants.AddAsync(requester, _subject!.Kind, _subject.Id, _role, Scope!, CancellationToken.None);
}
