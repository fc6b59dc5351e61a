using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>An operation that a plugin wants to do.</summary>
/// <param name="Operation">Its name, such as <c>vm.snapshot</c>.</param>
public sealed record OperationWant(string Operation) : Want
{
    public override string Text => $"operation: {Operation}";

    public override bool IsOfPools => true;

    public override string Words(OperationCatalogue operations) => operations.Find(Operation) is { } operation ? $"{operation.Title} ({operation.Name})" : ForeignText.Shown(Operation);

    public override string? Problem(OperationCatalogue operations) => operations.Find(Operation) switch
    {
        null => $"the operation '{ForeignText.Shown(Operation)}', which this server does not have.",
        { Bytes: not Transfers.TransferDirection.None } => $"the operation '{Operation}', which sends or takes bytes; plugins have no way for these yet.",
        _ => null,
    };

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Texts(value, "wants.operations").Select(static name => new OperationWant(name));
}
