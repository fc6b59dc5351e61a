using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Access;

/// <summary>
/// The rules of docs/access.md the slow and obvious way, from plain lists: what is named by a grant is within, and so is what belongs to
/// something within, looked for again and again until nothing is added. Shares no code with the engine.
/// </summary>
/// <param name="work">What each task has worked on, by the reference it had then, with its last state.</param>
internal sealed class SlowOracle(
    AccessPolicy policy, string pool, IReadOnlyCollection<XapiObject> objects, IReadOnlyDictionary<string, Dictionary<string, XapiObject>>? work = null)
{
    private readonly List<XapiObject> _gone = work is null ? [] : [.. work.Values.SelectMany(w => w.Values).Where(w => w.Ref.StartsWith($"OpaqueRef:{pool}-", StringComparison.Ordinal) && objects.All(o => o.Ref != w.Ref)).Distinct()];

    private readonly Dictionary<(Actor, Right), HashSet<object?>?> _within = [];

    public bool Allows(Actor actor, Right right, XapiObject target)
    {
        if (!_within.TryGetValue((actor, right), out var within))
            _within[(actor, right)] = within = Within(actor, right);
        // Null stands for an administrator.
        return within is null || (target is not XapiSecret && within.Contains(target));
    }

    private HashSet<object?>? Within(Actor actor, Right right)
    {
        var grants = policy.Grants.Where(g => g.Subject == SubjectId.User(actor.Id)
            || (g.Subject.Kind == SubjectKind.Group && policy.GroupsOfUsers.TryGetValue(actor.Id, out var groups) && groups.Contains(g.Subject.Id))).ToList();
        if (actor.LimitedTo is { } limit && !RoleHas(limit, right))
            return [];
        if (grants.Any(g => g.Role == "administrator" && g.Scope is AccessScope.Everything))
            return null;
        var scopes = grants.Where(g => RoleHas(g.Role, right)).Select(g => g.Scope).ToList();
        var within = objects.Concat(_gone).Where(o => scopes.Any(s => Names(s, o))).ToHashSet(ReferenceEqualityComparer.Instance);
        while (true)
        {
            var more = objects.Concat(_gone).Where(o => !within.Contains(o) && Owners(o, right).Any(within.Contains)).ToList();
            if (more.Count == 0)
                return within!;
            within.UnionWith(more);
        }
    }

    private bool RoleHas(string role, Right right) => role switch
    {
        "viewer" => right.Level == RightLevel.Read,
        "operator" => right.Level is RightLevel.Read or RightLevel.Operate,
        "vm-administrator" => right.Level != RightLevel.Administer,
        "administrator" => true,
        _ => policy.Roles.TryGetValue(role, out var custom) && (right.Name == "object.view" || custom.Rights.Contains(right.Name)),
    };

    private bool Names(AccessScope scope, XapiObject value) => scope switch
    {
        AccessScope.Everything => true,
        AccessScope.OfPool p => p.Pool == pool,
        AccessScope.OfHost h => h.Host.Pool == pool && (value.Uuid == h.Host.Uuid || (h.WithVms && value is Vm vm && Find(vm.ResidentOn.Value)?.Uuid == h.Host.Uuid)),
        AccessScope.OfObject o => o.Object.Pool == pool && o.Object.Uuid == value.Uuid,
        AccessScope.OfVms r => (r.Pool is null || r.Pool == pool) && value is Vm { IsASnapshot: false, IsControlDomain: false } vm && Matches(r.Filter, vm),
        _ => throw new InvalidOperationException(scope.ToString()),
    };

    private static bool Matches(string filter, Vm vm) =>
        filter.StartsWith("tags:", StringComparison.Ordinal) ? vm.Tags.Contains(filter[5..])
        : filter.StartsWith("name_label:", StringComparison.Ordinal) ? vm.NameLabel.StartsWith("web", StringComparison.Ordinal)
        : vm.OtherConfig.TryGetValue("owner", out var owner) && owner == "ada";

    private XapiObject? Find(string? reference) => objects.FirstOrDefault(o => o.Ref == reference);

    private IEnumerable<XapiObject> Owners(XapiObject value, Right right) => References(value).Select(Find).OfType<XapiObject>().Concat(objects.Where(o => Owns(o, value, right))).Concat(WorkedOn(value, right));

    private IEnumerable<XapiObject> WorkedOn(XapiObject value, Right right) =>
        value is XapiTask && right.Level == RightLevel.Read && work is not null && work.TryGetValue(value.Ref, out var holders)
            ? holders.Select(h => Find(h.Key) ?? h.Value) : [];

    private static IEnumerable<string?> References(XapiObject value) => value switch
    {
        Vm { IsASnapshot: true, IsControlDomain: true } v => [v.SnapshotOf.Value, v.ResidentOn.Value],
        Vm { IsASnapshot: true } v => [v.SnapshotOf.Value],
        Vm { IsControlDomain: true } v => [v.ResidentOn.Value],
        Vbd b => [b.Vm.Value],
        Vif v => [v.Vm.Value],
        VmConsole c => [c.Vm.Value],
        PvsProxy p => [p.Vif.Value],
        Vdi d => [d.Sr.Value, d.SnapshotOf.Value],
        Pbd p => [p.Host.Value, p.Sr.Value],
        Pif p => [p.Host.Value],
        Bond b => [b.Master.Value],
        XapiTask t => [t.SubtaskOf.Value, t.OtherConfig.TryGetValue("applies_to", out var reference) ? reference : null],
        _ => [],
    };

    private static bool Owns(XapiObject owner, XapiObject value, Right right) => (owner, value) switch
    {
        (Vm v, VmMetrics m) => v.Metrics.Value == m.Ref,
        (Vm v, VmGuestMetrics m) => v.GuestMetrics.Value == m.Ref,
        (Vm v, Vdi d) => v.SuspendVdi.Value == d.Ref,
        (Vbd b, Vdi d) => b.Vdi.Value == d.Ref && (b.Type == VbdType.Disk || right.Level == RightLevel.Read),
        (Vif v, VifMetrics m) => v.Metrics.Value == m.Ref,
        (Host h, HostMetrics m) => h.Metrics.Value == m.Ref,
        (Pbd p, Sr { Shared: false } s) => p.Sr.Value == s.Ref,
        (_, XapiMessage m) => owner.Uuid == m.ObjUuid && m.Cls switch
        {
            MessageClass.Vm => owner is Vm,
            MessageClass.Host => owner is Host,
            MessageClass.Sr => owner is Sr,
            MessageClass.Vdi => owner is Vdi,
            _ => false,
        },
        (Vm v, XapiTask t) => v.CurrentOperations.ContainsKey(t.Ref) || t.OtherConfig.Values.Contains(v.Uuid),
        (Host h, XapiTask t) => h.CurrentOperations.ContainsKey(t.Ref),
        (Pool p, XapiTask t) => p.CurrentOperations.ContainsKey(t.Ref),
        (Sr s, XapiTask t) => s.CurrentOperations.ContainsKey(t.Ref) || t.OtherConfig.Values.Contains(s.Uuid),
        (Vbd b, XapiTask t) => b.CurrentOperations.ContainsKey(t.Ref),
        (Vm v, Blob b) => v.Blobs.Values.Any(r => r.Value == b.Ref),
        (Host h, Blob b) => h.Blobs.Values.Any(r => r.Value == b.Ref),
        (Sr s, Blob b) => s.Blobs.Values.Any(r => r.Value == b.Ref),
        (Pool p, Blob b) => p.Blobs.Values.Any(r => r.Value == b.Ref),
        _ => false,
    };
}
