namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>An update in the repositories of XenServer 8: what it brings, and what it asks of hosts and VMs afterwards.</summary>
public sealed record CdnUpdate(string Id, string Summary)
{
    public string Description { get; init; } = "";

    public string SpecialInfo { get; init; } = "";

    public string Url { get; init; } = "https://support.citrix.com";

    /// <summary><c>security</c>, <c>bugfix</c>, <c>enhancement</c> or <c>foundation</c>.</summary>
    public string Type { get; init; } = "bugfix";

    public DateTimeOffset Issued { get; init; }

    /// <summary><c>None</c> or <c>High</c>: XAPI knows no other.</summary>
    public string Severity { get; init; } = "None";

    /// <summary>What has to be done at once, in the words of the repository: RebootHost, RestartToolstack, EvacuateHost, RestartDeviceModel, RestartVM.</summary>
    public IReadOnlyList<string> Mandatory { get; init; } = [];

    /// <summary>What should be done.</summary>
    public IReadOnlyList<string> Recommended { get; init; } = [];

    /// <summary>What makes the update fully effective.</summary>
    public IReadOnlyList<string> Full { get; init; } = [];

    /// <summary>What is asked instead of a reboot where its livepatches apply.</summary>
    public IReadOnlyList<string> LivepatchGuidance { get; init; } = [];

    /// <summary>The packages that it brings, by their full names.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The livepatch that it brings for a part of a running host; null for none.</summary>
    public Livepatch? Livepatch { get; init; }
}
