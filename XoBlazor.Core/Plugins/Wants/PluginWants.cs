using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>What a plugin asks to be given; what an administrator has accepted of it has the same form.</summary>
/// <param name="All">No text twice.</param>
public sealed record PluginWants(ImmutableArray<Want> All)
{
    public static PluginWants None { get; } = new([]);

    public bool IsNone => All.IsEmpty;

    public IReadOnlyList<string> Texts => [.. All.Select(want => want.Text)];

    /// <summary>Those of one kind.</summary>
    public IEnumerable<TWant> Of<TWant>() where TWant : Want => All.OfType<TWant>();

    public bool Has<TWant>() where TWant : Want => Of<TWant>().Any();

    /// <summary>Those whose texts are named; others are left out.</summary>
    public PluginWants Only(IReadOnlyCollection<string> texts) => new([.. All.Where(want => texts.Contains(want.Text))]);

    /// <summary>Those that the other does not have.</summary>
    public PluginWants Without(PluginWants other) => new([.. All.ExceptBy(other.Texts, want => want.Text)]);

    /// <summary>Reads <c>wants</c> of a manifest. Fails with <see cref="PluginException"/>.</summary>
    internal static PluginWants From(JsonNode? node, string plugin)
    {
        if (node is null)
            return None;
        var given = node as JsonObject ?? throw new PluginException("'wants' has to be an object");
        ManifestJson.OnlyKnown(given, [.. WantKind.All.Select(kind => kind.Key)], "wants.");
        var all = WantKind.All.Where(kind => given[kind.Key] is not null).SelectMany(kind => kind.Read(given[kind.Key]!, plugin)).ToImmutableArray();
        return all.CountBy(want => want.Text).FirstOrDefault(text => text.Value > 1) is { Key: { } twice } ? throw new PluginException($"'{ForeignText.Shown(twice)}' is wanted twice") : new(all);
    }
}
