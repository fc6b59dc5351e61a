// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>One variant of a host's driver.</summary>
public sealed record DriverVariant : XapiObject
{
    public override XapiClass Class => XapiClass.DriverVariant;

    public string Name { get; init; } = "";
    public XenRef<HostDriver> Driver { get; init; }
    public string Version { get; init; } = "";
    public bool HardwarePresent { get; init; }
    public double Priority { get; init; }
    public string Status { get; init; } = "";
}
