using System.Security;
using System.Text;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>
/// An update of XenServer that the tests make: as the disc of 7.1 to 8.2, as the file of the releases before, and as an entry of the catalogue. The simulator and
/// the product read the same bytes.
/// </summary>
internal sealed record MadeUpdate(string Name)
{
    public string Uuid { get; init; } = Guid.NewGuid().ToString();

    public string Description { get; init; } = "Public availability: repairs that everybody should have";

    /// <summary>restartHost, restartXAPI and the like.</summary>
    public IReadOnlyList<string> Guidance { get; init; } = ["restartHost"];

    public IReadOnlyList<string> Requires { get; init; } = [];

    public IReadOnlyList<string> Conflicts { get; init; } = [];

    public string? RequiredVersion { get; init; }

    public string? Livepatch { get; init; }

    /// <summary>Bytes of nothing that make it larger.</summary>
    public int Padding { get; init; } = 4096;

    public byte[] Disc => IsoImage.Of(Padding, ("update.xml", Encoding.UTF8.GetBytes(Facts("update", ','))));

    public byte[] File => [.. Encoding.UTF8.GetBytes($"#!/bin/sh\n# {Facts("info", ' ')}\n"), .. new byte[Padding]];

    private string Facts(string element, char separator) =>
        $"""<{element} uuid="{Uuid}" name-label="{SecurityElement.Escape(Name)}" version="1.0" key="RPM-GPG-KEY-CH-8" installation-size="{Padding}" """
        + $"""after-apply-guidance="{string.Join(separator, Guidance)}"><name-description>{SecurityElement.Escape(Description)}</name-description>"""
        + string.Concat(Requires.Select(uuid => $"""<prerequisite uuid="{uuid}"/>"""))
        + string.Concat(Conflicts.Select(uuid => $"""<conflict uuid="{uuid}"/>"""))
        + (RequiredVersion is null ? "" : $"<required-version>{RequiredVersion}</required-version>")
        + (Livepatch is null ? "" : $"""<livepatch status="{Livepatch}"/>""") + $"</{element}>";
}
