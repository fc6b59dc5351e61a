// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Link state and hardware facts of a PIF.</summary>
public sealed record PifMetrics : XapiObject
{
    public override XapiClass Class => XapiClass.PifMetrics;

    public double IoReadKbs { get; init; }
    public double IoWriteKbs { get; init; }
    public bool Carrier { get; init; }
    public string VendorId { get; init; } = "";
    public string VendorName { get; init; } = "";
    public string DeviceId { get; init; } = "";
    public string DeviceName { get; init; } = "";
    public long Speed { get; init; }
    public bool Duplex { get; init; }
    public string PciBusPath { get; init; } = "";
    public DateTimeOffset LastUpdated { get; init; } = DateTimeOffset.UnixEpoch;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
