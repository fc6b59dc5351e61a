// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>cls</c>.</summary>
public enum MessageClass
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Vm,
    Host,
    Sr,
    Pool,
    Vmpp,
    Vmss,
    PvsProxy,
    Vdi,
    Certificate,
}
