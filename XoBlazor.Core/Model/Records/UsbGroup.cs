// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Like USB devices, interchangeable for VMs.</summary>
public sealed record UsbGroup : XapiObject
{
    public override XapiClass Class => XapiClass.UsbGroup;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public ImmutableArray<XenRef<Pusb>> Pusbs { get; init; } = [];
    public ImmutableArray<XenRef<Vusb>> Vusbs { get; init; } = [];
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
