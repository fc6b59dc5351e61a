// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>One physical processor of a host.</summary>
public sealed record HostCpu : XapiObject
{
    public override XapiClass Class => XapiClass.HostCpu;

    public XenRef<Host> Host { get; init; }
    public long Number { get; init; }
    public string Vendor { get; init; } = "";
    public long Speed { get; init; }
    public string Modelname { get; init; } = "";
    public long Family { get; init; }
    public long Model { get; init; }
    public string Stepping { get; init; } = "";
    public string Flags { get; init; } = "";
    public string Features { get; init; } = "";
    public double Utilisation { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
