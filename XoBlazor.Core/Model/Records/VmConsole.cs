// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A console of a VM: where and by which protocol it can be reached.</summary>
public sealed record VmConsole : XapiObject
{
    public override XapiClass Class => XapiClass.VmConsole;

    public ConsoleProtocol Protocol { get; init; }
    public string Location { get; init; } = "";
    public XenRef<Vm> Vm { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
