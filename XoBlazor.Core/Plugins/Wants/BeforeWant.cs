using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>To be asked before an operation begins, and to forbid it.</summary>
/// <param name="Operation">Its name, such as <c>vm.delete</c>.</param>
/// <param name="RefusesWhenSilent">The operation is refused while the plugin, which is to be loaded, does not answer; else it begins.</param>
public sealed record BeforeWant(string Operation, bool RefusesWhenSilent) : Want
{
    public override string Text => $"before: {Operation}, otherwise {(RefusesWhenSilent ? "refuse" : "allow")}";

    public override bool IsOfPools => true;

    public override string Words(OperationCatalogue operations) =>
        $"be told who is about to do '{OperationWant.Shown(operations, Operation)}' to what, and forbid it; {(RefusesWhenSilent ? "nobody can do it while the plugin does not answer" : "while the plugin does not answer, nobody is hindered")}";

    public override string? Problem(OperationCatalogue operations) => OperationWant.Missing(operations, Operation);

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Items(value, "wants.before").Select(static node =>
    {
        var want = ManifestJson.Object(node, "wants.before");
        ManifestJson.OnlyKnown(want, ["operation", "otherwise"], "wants.before.");
        return new BeforeWant(ManifestJson.Text(want, "operation", 100), ManifestJson.Text(want, "otherwise", 100) switch
        {
            "refuse" => true,
            "allow" => false,
            var other => throw new PluginException($"'wants.before.otherwise' is '{ForeignText.Shown(other)}', and has to be 'refuse' or 'allow': what happens while the plugin does not answer"),
        });
    });
}
