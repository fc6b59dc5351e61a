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

    public override string Words(OperationCatalogue operations) => Shown(operations, Operation);

    public override string? Problem(OperationCatalogue operations) => operations.Find(Operation) switch
    {
        null => Missing(operations, Operation),
        { Bytes: not Transfers.TransferDirection.None } => $"the operation '{Operation}', which sends or takes bytes; plugins have no way for these yet.",
        _ => null,
    };

    /// <summary>An operation for people.</summary>
    internal static string Shown(OperationCatalogue operations, string name) => operations.Find(name) is { } operation ? $"{operation.Title} ({operation.Name})" : ForeignText.Shown(name);

    /// <summary>See <see cref="Want.Problem"/>.</summary>
    internal static string? Missing(OperationCatalogue operations, string name) =>
        operations.Find(name) is null ? $"the operation '{ForeignText.Shown(name)}', which this server does not have." : null;

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Texts(value, "wants.operations").Select(static name => new OperationWant(name));
}
