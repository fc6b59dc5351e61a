// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A storage driver installed on the hosts.</summary>
public sealed record Sm : XapiObject
{
    public override XapiClass Class => XapiClass.Sm;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string Type { get; init; } = "";
    public string Vendor { get; init; } = "";
    public string Copyright { get; init; } = "";
    public string Version { get; init; } = "";
    public string RequiredApiVersion { get; init; } = "";
    public XenMap<string, string> Configuration { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> Capabilities { get; init; } = [];
    public XenMap<string, long> Features { get; init; } = XenMap<string, long>.Empty;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public string DriverFilename { get; init; } = "";
    public ImmutableArray<string> RequiredClusterStack { get; init; } = [];
    public EnumSet<ImageFormatType> SupportedImageFormats { get; init; }
}
