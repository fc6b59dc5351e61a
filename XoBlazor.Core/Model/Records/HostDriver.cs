// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A driver that has several variants on a host.</summary>
public sealed record HostDriver : XapiObject
{
    public override XapiClass Class => XapiClass.HostDriver;

    public XenRef<Host> Host { get; init; }
    public string Name { get; init; } = "";
    public string FriendlyName { get; init; } = "";
    public ImmutableArray<XenRef<DriverVariant>> Variants { get; init; } = [];
    public XenRef<DriverVariant> ActiveVariant { get; init; }
    public XenRef<DriverVariant> SelectedVariant { get; init; }
    public string Type { get; init; } = "";
    public string Description { get; init; } = "";
    public string Info { get; init; } = "";
}
