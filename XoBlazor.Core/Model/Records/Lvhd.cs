// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A handle for thin provisioning of old LVM storage; holds nothing.</summary>
public sealed record Lvhd : XapiObject
{
    public override XapiClass Class => XapiClass.Lvhd;

}
