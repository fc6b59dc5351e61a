// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A VIF's proxy to a provisioning site.</summary>
public sealed record PvsProxy : XapiObject
{
    public override XapiClass Class => XapiClass.PvsProxy;

    public XenRef<PvsSite> Site { get; init; }
    public XenRef<Vif> Vif { get; init; }
    public bool CurrentlyAttached { get; init; }
    public PvsProxyStatus Status { get; init; }
}
