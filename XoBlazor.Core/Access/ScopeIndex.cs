using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>Several scopes put together so that one look says whether an object is named by any of them. Immutable; equal when it reaches the same.</summary>
internal sealed class ScopeIndex : IEquatable<ScopeIndex>
{
    private readonly FrozenSet<string> _wholePools;
    private readonly FrozenDictionary<string, InPool> _byPool;
    private readonly InPool _elsewhere;
    private readonly FrozenSet<AccessScope> _scopes;

    private ScopeIndex(IEnumerable<AccessScope> scopes)
    {
        _scopes = scopes.ToFrozenSet();
        HasEverything = _scopes.Any(s => s is AccessScope.Everything);
        _wholePools = _scopes.OfType<AccessScope.OfPool>().Select(s => s.Pool).ToFrozenSet(StringComparer.Ordinal);
        var anywhere = _scopes.OfType<AccessScope.OfVms>().Where(r => r.Pool is null).ToArray();
        _elsewhere = new([], [], anywhere);
        var hosts = _scopes.OfType<AccessScope.OfHost>().ToArray();
        var objects = _scopes.OfType<AccessScope.OfObject>().Select(s => s.Object).Concat(hosts.Select(h => h.Host)).ToArray();
        var rules = _scopes.OfType<AccessScope.OfVms>().Where(r => r.Pool is not null).ToArray();
        _byPool = objects.Select(o => o.Pool).Concat(rules.Select(r => r.Pool!)).Distinct(StringComparer.Ordinal).ToFrozenDictionary(
            pool => pool,
            pool => new InPool(
                objects.Where(o => o.Pool == pool).Select(o => o.Uuid),
                hosts.Where(h => h.WithVms && h.Host.Pool == pool).Select(h => h.Host.Uuid),
                [.. anywhere, .. rules.Where(r => r.Pool == pool)]),
            StringComparer.Ordinal);
    }

    public static ScopeIndex Nothing { get; } = new([]);

    public bool HasEverything { get; }

    /// <summary>No object can be within.</summary>
    public bool IsEmpty => _scopes.Count == 0;

    public static ScopeIndex Of(IEnumerable<AccessScope> scopes) => new(scopes);

    /// <summary>All of the pool is within, for whoever is in it.</summary>
    public bool HasPool(string pool) => HasEverything || _wholePools.Contains(pool);

    /// <summary>What of a pool that is not whole; null when nothing can be.</summary>
    public InPool? In(string pool) => _byPool.TryGetValue(pool, out var found) ? found : _elsewhere.IsEmpty ? null : _elsewhere;

    public bool Equals(ScopeIndex? other) => other is not null && _scopes.SetEquals(other._scopes);

    public override bool Equals(object? obj) => Equals(obj as ScopeIndex);

    public override int GetHashCode() => _scopes.Aggregate(_scopes.Count, (hash, scope) => hash ^ scope.GetHashCode());

    /// <summary>What the scopes name in one pool.</summary>
    internal sealed class InPool(IEnumerable<string> objects, IEnumerable<string> hostsWithVms, AccessScope.OfVms[] rules)
    {
        private readonly FrozenSet<string> _objects = objects.ToFrozenSet(StringComparer.Ordinal);
        private readonly FrozenSet<string> _hostsWithVms = hostsWithVms.ToFrozenSet(StringComparer.Ordinal);

        public bool IsEmpty => _objects.Count == 0 && rules.Length == 0;

        /// <summary>The object itself is named; what it belongs to is not looked at, but for the host a VM runs on.</summary>
        public bool Names(in Surroundings around, XapiObject value)
        {
            if (_objects.Count > 0 && _objects.Contains(value.Uuid.Length > 0 ? value.Uuid : value.Ref))
                return true;
            if (value is not Vm vm)
                return false;
            if (_hostsWithVms.Count > 0 && around.Get(vm.ResidentOn) is { } host && _hostsWithVms.Contains(host.Uuid))
                return true;
            foreach (var rule in rules)
                if (rule.Matches(around.Pool, vm))
                    return true;
            return false;
        }

        /// <summary>The objects named, for a first look at a pool.</summary>
        public IEnumerable<XapiObject> Named(PoolPicture pool)
        {
            foreach (var uuid in _objects)
                foreach (var there in pool.AllByUuid(uuid))
                    yield return there;
            foreach (var reference in _objects)
                if (pool.Get(reference) is { Uuid.Length: 0 } there)
                    yield return there;
            foreach (var uuid in _hostsWithVms)
                if (pool.GetByUuid<Host>(uuid) is { } host)
                    foreach (var vm in pool.Referrers<Vm>(host.Ref, VmFields.ResidentOn))
                        yield return vm;
            if (rules.Length == 0)
                yield break;
            foreach (var vm in pool.All<Vm>())
                foreach (var rule in rules)
                    if (rule.Matches(pool, vm))
                    {
                        yield return vm;
                        break;
                    }
        }
    }
}
