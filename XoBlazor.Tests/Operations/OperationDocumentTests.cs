using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Tests.Operations;

/// <summary>What the documents say of operations and rights is what there is.</summary>
public sealed class OperationDocumentTests
{
    [Fact]
    public void Operations_AreListed()
    {
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        var table = string.Join('\n', services.GetRequiredService<OperationCatalogue>().All.Select(o =>
            $"| `{o.Name}` | {XapiCodec.For(o.Target).WireName} | {o.Description.Replace("|", "\\|", StringComparison.Ordinal)} | {string.Join(", ", o.Rights.Select(right => $"`{right.Name}`"))} | {Parameters(o)} |"));

        Assert.True(Document("operations.md").Contains(table, StringComparison.Ordinal), $"docs/operations.md should have this table:\n{table}\n");
    }

    [Fact]
    public void Rights_AreListed()
    {
        using var services = new ServiceCollection().AddOperations().BuildServiceProvider();
        var catalogue = services.GetRequiredService<RightCatalogue>();
        var table = string.Join('\n', Enum.GetValues<RightLevel>().SelectMany(level => catalogue.All.Where(right => right.Level == level))
            .Select(right => $"| `{right.Name}` | {right.Title} | {Role.BuiltIn.First(role => role.Has(right)).Name} |"));

        Assert.True(Document("operations.md").Contains(table, StringComparison.Ordinal), $"docs/operations.md should have this table:\n{table}\n");
    }

    private static string Parameters(Operation operation) => operation.Parameters.IsEmpty ? "" : string.Join(", ", operation.Parameters.Select(p => p.IsRequired ? $"**{p.Name}**" : p.Name));

    private static string Document(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", name))).ReplaceLineEndings("\n");
}
