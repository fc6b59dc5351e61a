// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A USB device of a host.</summary>
public sealed record Pusb : XapiObject
{
    public override XapiClass Class => XapiClass.Pusb;

    public XenRef<UsbGroup> UsbGroup { get; init; }
    public XenRef<Host> Host { get; init; }
    public string Path { get; init; } = "";
    public string VendorId { get; init; } = "";
    public string VendorDesc { get; init; } = "";
    public string ProductId { get; init; } = "";
    public string ProductDesc { get; init; } = "";
    public string Serial { get; init; } = "";
    public string Version { get; init; } = "";
    public string Description { get; init; } = "";
    public bool PassthroughEnabled { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public double Speed { get; init; }
}
