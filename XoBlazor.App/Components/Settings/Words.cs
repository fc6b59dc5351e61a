using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Settings;

/// <summary>Numbers of things in a sentence.</summary>
internal static class Words
{
    /// <summary>Such as <c>no grant</c>, <c>1 grant</c>, <c>12 grants</c>.</summary>
    public static string Count(int count, string what) => count switch
    {
        0 => $"no {what}",
        1 => $"1 {what}",
        _ => $"{Format.Count(count)} {what}s",
    };
}
