using System.Globalization;
using System.Text;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>A rehearsal as a document for people: Markdown, which reads as plain text too.</summary>
public static class RehearsalText
{
    public static string Of(Rehearsal rehearsal)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Rehearsal of a {rehearsal.Kind.Word()} of {MarkdownLine.Of(rehearsal.PoolName)}\n\n{rehearsal.Time:yyyy-MM-dd HH:mm:ss}Z. {MarkdownLine.Of(rehearsal.Summary)}\n");
        foreach (var (level, title) in (ReadOnlySpan<(FindingLevel, string)>)[(FindingLevel.Blocks, "In the way"), (FindingLevel.Warns, "To be known before"), (FindingLevel.Tells, "As it should be, or taken care of")])
        {
            var findings = rehearsal.Findings.Where(one => one.Level == level).ToList();
            if (findings.Count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
            foreach (var finding in findings)
                text.Append(CultureInfo.InvariantCulture, $"* {MarkdownLine.Of(finding.Name)}: {MarkdownLine.Of(finding.Words)}{(finding.Solution is null ? "" : $" → {MarkdownLine.Of(finding.Solution)}")}\n");
        }

        text.Append("\n## Order\n\n");
        foreach (var (host, number) in rehearsal.Hosts.Select((host, index) => (host, index + 1)))
            text.Append(CultureInfo.InvariantCulture, $"{number}. {MarkdownLine.Of(host.Name)}{(host.IsCoordinator ? " (coordinator)" : "")}: {host.Vms} VMs\n");
        text.Append(CultureInfo.InvariantCulture, $"\nExpected: about {Math.Ceiling(rehearsal.Expected.TotalMinutes):0} minutes. {rehearsal.Reckoning}\n\n## What a failure would leave\n\n");
        foreach (var failure in rehearsal.Failures)
            text.Append(CultureInfo.InvariantCulture, $"* {failure.Step}: {failure.Leaves}\n");
        return text.ToString();
    }
}
