// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>What the guest's agent says about itself: addresses, operating system, drivers. Hostile until checked.</summary>
public sealed record VmGuestMetrics : XapiObject
{
    public override XapiClass Class => XapiClass.VmGuestMetrics;

    public XenMap<string, string> OsVersion { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> NetbiosName { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> PvDriversVersion { get; init; } = XenMap<string, string>.Empty;
    public bool PvDriversUpToDate { get; init; }
    public XenMap<string, string> Memory { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> Disks { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> Networks { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> Other { get; init; } = XenMap<string, string>.Empty;
    public DateTimeOffset LastUpdated { get; init; } = DateTimeOffset.UnixEpoch;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool Live { get; init; }
    public Tristate CanUseHotplugVbd { get; init; }
    public Tristate CanUseHotplugVif { get; init; }
    public bool PvDriversDetected { get; init; }
    public XenMap<string, string> Services { get; init; } = XenMap<string, string>.Empty;
}
