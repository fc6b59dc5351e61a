using System.Collections.Immutable;

namespace XoBlazor.App.Api.Rest;

/// <summary>All routes in the order of their addresses. Two for the same method and address are a mistake that stops the start.</summary>
internal sealed class RestRoutes
{
    public RestRoutes(IEnumerable<IRestRoutes> sources)
    {
        All = [.. sources.SelectMany(source => source.Routes).OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Verb, StringComparer.Ordinal)];
        if (All.CountBy(route => route.Name).FirstOrDefault(name => name.Value > 1) is { Value: > 1 } twice)
            throw new InvalidOperationException($"two routes of the REST API are '{twice.Key}'");
    }

    public ImmutableArray<RestRoute> All { get; }
}
