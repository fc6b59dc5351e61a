// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>The connection of a storage repository to a host, with the configuration of the device.</summary>
public sealed record Pbd : XapiObject
{
    public override XapiClass Class => XapiClass.Pbd;

    public XenRef<Host> Host { get; init; }
    public XenRef<Sr> Sr { get; init; }
    public XenMap<string, string> DeviceConfig { get; init; } = XenMap<string, string>.Empty;
    public bool CurrentlyAttached { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
