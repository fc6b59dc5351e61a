using System.Diagnostics.CodeAnalysis;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.Core.Access;

/// <summary>Where a grant holds. What lies around the things named follows by <see cref="Inheritance"/>. Immutable, compared by value.</summary>
public abstract record AccessScope
{
    private AccessScope()
    {
    }

    /// <summary>Every pool, now and later, and the server itself.</summary>
    public sealed record Everything : AccessScope
    {
        public static Everything Instance { get; } = new();
    }

    /// <summary>All that is in a pool, the pool itself included.</summary>
    /// <param name="Pool">The pool's uuid.</param>
    public sealed record OfPool(string Pool) : AccessScope;

    /// <summary>A host and what belongs to it.</summary>
    /// <param name="WithVms">Also the VMs that run there at the moment; they leave the scope when they leave the host.</param>
    public sealed record OfHost(ObjectKey Host, bool WithVms) : AccessScope;

    /// <summary>One object and what belongs to it; for a pool's key just the pool's own record, such as its name.</summary>
    public sealed record OfObject(ObjectKey Object) : AccessScope;

    /// <summary>
    /// The VMs and templates that a filter matches, wherever they go. Snapshots follow their VM, whatever tags they were taken with; control
    /// domains belong to their host. Made by <see cref="TryCreate"/>; a text that it refuses matches nothing.
    /// </summary>
    public sealed record OfVms : AccessScope
    {
        private readonly Lazy<Filter?> _compiled;

        public OfVms(string filter, string? pool = null)
        {
            (Filter, Pool) = (filter, pool);
            _compiled = new(() => TryCompile(filter, out var compiled, out _) ? compiled : null);
        }

        /// <summary>In the filter language, on the VM's own record: <see cref="Properties"/>.</summary>
        public string Filter { get; }

        /// <summary>The uuid of the only pool it holds in; null for all.</summary>
        public string? Pool { get; }

        /// <summary>What a rule may ask: only what neither a guest nor another object can change. A word is the whole value: <c>tags:prod</c> is not <c>preprod</c>.</summary>
        public static IReadOnlySet<string> Properties { get; } =
            new HashSet<string>(["tags", "name_label", "name_description", "other_config"], StringComparer.OrdinalIgnoreCase);

        public static bool TryCreate(string filter, string? pool, [NotNullWhen(true)] out OfVms? scope, [NotNullWhen(false)] out FilterError? error)
        {
            scope = TryCompile(filter, out _, out error) ? new(filter, pool) : null;
            return scope is not null;
        }

        public bool Equals(OfVms? other) => other is not null && Filter == other.Filter && Pool == other.Pool;

        public override int GetHashCode() => HashCode.Combine(Filter, Pool);

        internal bool Matches(PoolPicture pool, Vm vm) =>
            (Pool is null || Pool == pool.Uuid) && !vm.IsASnapshot && !vm.IsControlDomain && _compiled.Value?.Matches(pool, vm) == true;

        private static bool TryCompile(string text, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterError? error)
        {
            filter = null;
            return FilterExpression.TryParse(text, out var expression, out error) && expression.TryCompileRule(XapiClass.Vm, Properties, out filter, out error);
        }
    }
}
