// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>One storage repository found by a probe; a value, not an object.</summary>
public sealed record ProbeResult : XapiObject
{
    public override XapiClass Class => XapiClass.ProbeResult;

    public XenMap<string, string> Configuration { get; init; } = XenMap<string, string>.Empty;
    public bool Complete { get; init; }
    public SrStat? Sr { get; init; }
    public XenMap<string, string> ExtraInfo { get; init; } = XenMap<string, string>.Empty;
}
