using System.Text.Json.Nodes;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>To be told how an operation ended.</summary>
/// <param name="Operation">Its name, such as <c>vm.start</c>.</param>
public sealed record AfterWant(string Operation) : Want
{
    public override string Text => $"after: {Operation}";

    public override bool IsOfPools => true;

    public override string Words(OperationCatalogue operations) => $"be told who did '{OperationWant.Shown(operations, Operation)}' to what, and how it ended";

    public override string? Problem(OperationCatalogue operations) => OperationWant.Missing(operations, Operation);

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Texts(value, "wants.after").Select(static name => new AfterWant(name));
}
