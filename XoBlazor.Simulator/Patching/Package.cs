namespace XoBlazor.Simulator.Patching;

/// <summary>An update of one RPM that an XCP-ng host can install from its repositories.</summary>
public sealed record Package(string Name, string Version, string Release)
{
    /// <summary>One line, as the package says of itself.</summary>
    public string Description { get; init; } = "";

    public string Url { get; init; } = "https://xcp-ng.org";

    public string License { get; init; } = "GPLv2";

    /// <summary>Bytes of the package file.</summary>
    public long Size { get; init; } = 100_000;

    /// <summary>The repository that it comes from; hosts look into <c>xcp-ng-base</c> and <c>xcp-ng-updates</c> unless told.</summary>
    public string Repository { get; init; } = "xcp-ng-updates";

    /// <summary>When the last entry of its change log was written; null when it has none.</summary>
    public DateTimeOffset? Changed { get; init; }

    public string ChangedBy { get; init; } = "XCP-ng packager <packager@example.com>";

    /// <summary>The last entry of its change log.</summary>
    public string Changes { get; init; } = "";
}
