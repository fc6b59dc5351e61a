using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Objects;

/// <summary>An object of the server, as Xen Orchestra shapes it.</summary>
internal sealed record FoundObject(JsonObject Object)
{
    public string Id => (string?)Object["id"] ?? "";

    public string Type => (string?)Object["type"] ?? "";

    /// <summary>What it is called, fit for a line; its id where it has no name.</summary>
    public string Name => Printable.Line(((string?)Object["name_label"] ?? (string?)Object["name"]) is { Length: > 0 } name ? name : Id);
}
