using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>All methods by name. Two of one name, or one that does not say who may call it, are a mistake that stops the start.</summary>
internal sealed class ApiCatalogue
{
    private readonly FrozenDictionary<string, ApiMethod> _byName;

    public ApiCatalogue(IEnumerable<IApiMethods> sources)
    {
        All = [.. sources.SelectMany(source => source.Methods).OrderBy(method => method.Name, StringComparer.Ordinal)];
        if (All.CountBy(method => method.Name).FirstOrDefault(name => name.Value > 1) is { Value: > 1 } twice)
            throw new InvalidOperationException($"two methods of the API are called '{twice.Key}'");
        if (All.FirstOrDefault(method => method.Permission is null) is { } open)
            throw new InvalidOperationException($"the method '{open.Name}' of the API does not say who may call it");
        _byName = All.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);
    }

    /// <summary>By name.</summary>
    public ImmutableArray<ApiMethod> All { get; }

    public ApiMethod? Find(string name) => _byName.GetValueOrDefault(name);
}
