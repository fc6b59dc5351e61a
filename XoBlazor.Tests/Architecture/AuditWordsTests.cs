using System.Text.RegularExpressions;
using XoBlazor.App.Components.Settings.Audit;
using XoBlazor.Core.Operations;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Architecture;

/// <summary>Whatever is written into the audit has words for people.</summary>
public sealed partial class AuditWordsTests
{
    // Rights and the names of files look the same and are none.
    private static readonly string[] s_others = ["AdministrationRights.cs", "AuditFeed.cs", "AuditFile.cs", "ManifestReader.cs", "PanelRights.cs"];

    [Fact]
    public void EveryAction_ThatIsWrittenDown_HasWords()
    {
        var places = new[] { Checkout.File("XoBlazor.App", "Accounts"), Checkout.File("XoBlazor.App", "Administration"), Checkout.File("XoBlazor.App", "Components", "Access"), Checkout.File("XoBlazor.Core", "Audit"), Checkout.File("XoBlazor.Core", "Consoles"), Checkout.File("XoBlazor.Core", "Plugins") };
        var actions = places.SelectMany(place => Directory.EnumerateFiles(place, "*.cs", SearchOption.AllDirectories)).Where(file => !s_others.Contains(Path.GetFileName(file)))
            .SelectMany(file => Action().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)).Distinct().ToList();
        var none = new OperationCatalogue([]);

        var wordless = actions.Where(action => AuditWords.Of(action, none) == action).ToList();

        Assert.True(actions.Count > 50, $"Only {actions.Count} actions were found: this looks at the wrong places.");
        Assert.True(wordless.Count == 0, "AuditWords has no words for: " + string.Join(", ", wordless));
    }

    [GeneratedRegex("\"((?:audit|cloud-config|console|directory|grant|group|notification|password|plugin|pool|profile|role|second-factor|server|session|sign-in|tag|token|updates|user)\\.[a-z_-]+|sign-in|sign-out)\"")]
    private static partial Regex Action();
}
