using System.Text.RegularExpressions;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>Authors of plugins find in docs/plugins.md all that there is; what is there without standing in it would be a contract that nobody can keep.</summary>
public sealed partial class ContractDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Checkout.File("docs", "plugins.md"));

    [Fact]
    public void EveryWant_StandsInTheDocument() =>
        AssertNamed(WantKind.All.Select(kind => kind.Key).Where(key => !s_document.Contains($"\"{key}\":", StringComparison.Ordinal)), "wants", "a row with an example such as \"NAME\": […] in the table of wants");

    [Fact]
    public async Task EveryMethodThatAPluginMayAsk_StandsInTheDocument()
    {
        await using var server = new TestServer();
        var package = PluginZip.Package(PythonPlugin.Manifest(), "");
        var settings = new PluginSettings { Manifest = package.Manifest, Hash = package.Hash, Installed = default, InstalledBy = "ada" };
        using var reach = new PluginReach(settings, new(TimeProvider.System), server.Get<PluginFleet>().Context);

        AssertNamed(reach.Methods.Where(IsUnnamed), "methods that a plugin may ask", "a row under \"What a plugin may ask\"");
    }

    [Fact]
    public void EveryMethodThatTheServerAsks_StandsInTheDocument()
    {
        var known = Directory.EnumerateFiles(Checkout.File("XoBlazor.Plugins"), "Plugin*.cs").SelectMany(file => Answered().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("objects.changed", known);
        AssertNamed(known.Where(IsUnnamed), "methods that the server asks", "a row under \"What the server asks\"");
    }

    private static bool IsUnnamed(string method) => !s_document.Contains($"`{method}`", StringComparison.Ordinal);

    private static void AssertNamed(IEnumerable<string> missing, string what, string where)
    {
        var all = missing.ToList();
        Assert.True(all.Count == 0, $"docs/plugins.md does not name these {what}: {string.Join(", ", all)}. Write {where}.");
    }

    [GeneratedRegex("""case "([a-z]+(?:\.[a-z]+)?)":""")]
    private static partial Regex Answered();
}
