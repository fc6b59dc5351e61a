// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A VM's crash dump on a disk; deprecated.</summary>
public sealed record CrashDump : XapiObject
{
    public override XapiClass Class => XapiClass.CrashDump;

    public XenRef<Vm> Vm { get; init; }
    public XenRef<Vdi> Vdi { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
