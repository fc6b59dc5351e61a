// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A notice or alarm that XAPI keeps until it is dismissed; names its object by uuid.</summary>
public sealed record XapiMessage : XapiObject
{
    public override XapiClass Class => XapiClass.XapiMessage;

    public string Name { get; init; } = "";
    public long Priority { get; init; }
    public MessageClass Cls { get; init; }
    public string ObjUuid { get; init; } = "";
    public DateTimeOffset Timestamp { get; init; } = DateTimeOffset.UnixEpoch;
    public string Body { get; init; } = "";
}
