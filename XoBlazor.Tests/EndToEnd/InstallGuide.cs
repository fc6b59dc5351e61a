using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>The examples of <c>docs/install.md</c>, as people copy them.</summary>
internal static class InstallGuide
{
    private static readonly string[] s_lines = File.ReadAllLines(Checkout.File("docs", "install.md"));

    /// <summary>The first block of code after the line that begins so.</summary>
    public static string Example(string after)
    {
        var rest = s_lines.SkipWhile(line => !line.StartsWith(after, StringComparison.Ordinal)).ToList();
        Assert.True(rest.Count > 0, $"docs/install.md has no line that begins with '{after}'.");
        var block = rest.SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != "```");
        return string.Join('\n', block) + "\n";
    }

    /// <summary>Puts what a test has to have in place of what the example says; each has to be there.</summary>
    public static string With(this string example, params (string Old, string New)[] places)
    {
        foreach (var (old, now) in places)
        {
            Assert.Contains(old, example, StringComparison.Ordinal);
            example = example.Replace(old, now, StringComparison.Ordinal);
        }
        return example;
    }
}
