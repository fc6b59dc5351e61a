using System.Text.Json.Nodes;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>To be given every record of the audit.</summary>
public sealed record AuditWant : Want
{
    public override string Text => "audit";

    public override string Words(OperationCatalogue operations) => "read all that is written into the audit: who did what, when and from where, in all pools and in the server itself";

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Flag(value, "wants.audit") ? [new AuditWant()] : [];
}
