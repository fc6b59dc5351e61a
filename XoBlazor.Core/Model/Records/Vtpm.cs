// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A VM's virtual TPM.</summary>
public sealed record Vtpm : XapiObject
{
    public override XapiClass Class => XapiClass.Vtpm;

    public EnumSet<VtpmOperation> AllowedOperations { get; init; }
    public XenMap<string, VtpmOperation> CurrentOperations { get; init; } = XenMap<string, VtpmOperation>.Empty;
    public XenRef<Vm> Vm { get; init; }
    public XenRef<Vm> Backend { get; init; }
    public PersistenceBackend PersistenceBackend { get; init; }
    public bool IsUnique { get; init; }
    public bool IsProtected { get; init; }
}
