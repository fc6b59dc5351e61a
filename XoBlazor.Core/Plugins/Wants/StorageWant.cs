using System.Text.Json.Nodes;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>A small store of its own.</summary>
public sealed record StorageWant : Want
{
    public override string Text => "storage";

    public override string Words(OperationCatalogue operations) => "keep up to 1 MiB of its own";

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Flag(value, "wants.storage") ? [new StorageWant()] : [];
}
