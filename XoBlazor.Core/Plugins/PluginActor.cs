using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins;

/// <summary>
/// A plugin among those who do something: an actor of its own, whose rights are what was accepted of its wants, where it was accepted. It goes through the same engine as
/// people, so that what it may not view does not exist for it.
/// </summary>
public static class PluginActor
{
    /// <summary>The face that stands in the audit.</summary>
    public const string Face = "plugin";

    public static Requester Of(PluginSettings plugin) => new(new(IdOf(plugin.Id), plugin.Manifest.Name), Face);

    /// <summary>The role of a plugin: seeing, and the rights of its operations with those on what their parameters name.</summary>
    public static Role RoleOf(PluginSettings plugin, OperationCatalogue operations) => Role.Custom(
        IdOf(plugin.Id),
        $"Plugin {plugin.Manifest.Name}",
        plugin.Given.Of<OperationWant>().Select(want => operations.Find(want.Operation)).OfType<Operation>()
            .SelectMany(one => one.Rights.Concat(one.Parameters.SelectMany(parameter => parameter.WithParts()).Select(parameter => parameter.Right).OfType<Right>())).Select(right => right.Name).Distinct());

    /// <summary>None while nothing is accepted.</summary>
    public static ImmutableArray<Grant> GrantsOf(PluginSettings plugin) => !plugin.Given.All.Any(want => want.IsOfPools) ? []
        : plugin.Pools.IsEmpty ? [Grant(plugin, AccessScope.Everything.Instance)]
        : [.. plugin.Pools.Select(pool => Grant(plugin, new AccessScope.OfPool(pool)))];

    private static Grant Grant(PluginSettings plugin, AccessScope scope) => new($"{IdOf(plugin.Id)}/{scope}", SubjectId.User(IdOf(plugin.Id)), IdOf(plugin.Id), scope);

    private static string IdOf(string plugin) => $"plugin:{plugin}";
}
