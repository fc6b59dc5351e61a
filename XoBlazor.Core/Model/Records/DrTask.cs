// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A disaster-recovery run that introduced storage.</summary>
public sealed record DrTask : XapiObject
{
    public override XapiClass Class => XapiClass.DrTask;

    public ImmutableArray<XenRef<Sr>> IntroducedSrs { get; init; } = [];
}
