using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>What a running server has mapped, by its own account.</summary>
internal static class Routes
{
    /// <summary>Every endpoint but the static files.</summary>
    public static IReadOnlyList<RouteEndpoint> Of(TestServer server) =>
    [
        .. server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.All(fact => fact.GetType().Name != "StaticAssetDescriptor")),
    ];

    /// <summary>The methods it takes; GET where it takes any.</summary>
    public static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["GET"];

    /// <summary>Addresses of the route with each of the ids in its place; one address when it takes none.</summary>
    public static IEnumerable<string> Fill(RoutePattern pattern, string pool, IReadOnlyList<string> ids, Guid account) =>
        pattern.Parameters.Count == 0 ? [Address(pattern, _ => "")]
        : ids.Select(id => Address(pattern, parameter => Value(parameter, pool, id, account))).Distinct();

    private static string Value(RoutePatternParameterPart parameter, string pool, string id, Guid account) =>
        parameter.ParameterPolicies.Any(policy => policy.Content == "guid") ? account.ToString("D")
        : parameter.Name.Contains("pool", StringComparison.OrdinalIgnoreCase) ? pool : id;

    private static string Address(RoutePattern pattern, Func<RoutePatternParameterPart, string> value) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => Uri.EscapeDataString(value(parameter)),
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException($"{pattern.RawText} has a part of a new kind."),
        }))));
}
