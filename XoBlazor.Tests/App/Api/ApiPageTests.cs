using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary><c>docs/api.md</c> tells of every method that Xen Orchestra has whether it is here; the methods that are here take what Xen Orchestra's take.</summary>
public sealed partial class ApiPageTests
{
    [Fact]
    public async Task Page_TellsOfEveryMethod()
    {
        await using var server = new TestServer();
        var here = server.Get<ApiCatalogue>().All.Select(method => method.Name).ToHashSet();
        var theirs = JsonNode.Parse(SharedData.Text("data", "xo-methods.json"))!.AsObject().Select(method => method.Key);

        var rows = Row().Matches(File.ReadAllText(Checkout.File("docs", "api.md"))).Select(row => (Name: row.Groups[1].Value, State: row.Groups[2].Value, Why: row.Groups[3].Value.Trim())).ToList();

        Assert.Equal(here.Union(theirs).Order(StringComparer.Ordinal), rows.Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.True(here.Contains(row.Name) == (row.State == "done"), $"{row.Name} is {(here.Contains(row.Name) ? "" : "not ")}there, and docs/api.md says '{row.State}'"));
        Assert.All(rows, row => Assert.True(row.State == "done" || row.Why.Length > 0, $"{row.Name} is not there, and docs/api.md does not say why"));
    }

    [Fact]
    public async Task Methods_TakeWhatXenOrchestrasTake_FromWhomItTakesIt()
    {
        await using var server = new TestServer();
        var theirs = JsonNode.Parse(SharedData.Text("data", "xo-methods.json"))!.AsObject();

        var differences = new List<string>();
        foreach (var method in server.Get<ApiCatalogue>().All)
        {
            if (theirs[method.Name] is not JsonObject recorded)
                continue;
            if (((string?)recorded["permission"] == "admin") != (method.Permission.Wire == "admin") || (recorded.ContainsKey("permission") && recorded["permission"] is null) != method.Permission.IsOpen)
                differences.Add($"{method.Name}: another permission");
            var own = (method.Parameters ?? []).ToDictionary(parameter => parameter.Name, parameter => parameter.Schema);
            foreach (var (name, schema) in recorded["params"]!.AsObject())
                if (!own.Remove(name, out var declared))
                    differences.Add($"{method.Name}: no parameter '{name}'");
                else if (declared.IsRequired != (schema!["optional"] is null && schema["default"] is null && name != ApiParameter.Others) && name != ApiParameter.Others)
                    differences.Add($"{method.Name}: '{name}' is {(declared.IsRequired ? "required" : "optional")}");
                else if (schema["type"] is { } type && !Types(type).SequenceEqual(declared.Types.Order()))
                    differences.Add($"{method.Name}: '{name}' is of another type");
            differences.AddRange(own.Keys.Select(name => $"{method.Name}: an unknown parameter '{name}'"));
        }

        Assert.Empty(differences);
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray many ? many.Select(one => (string)one!).Order() : [(string)type!];

    [GeneratedRegex(@"^\| `([^`]+)` \| ([^|]+) \|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
