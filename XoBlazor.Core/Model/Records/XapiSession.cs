// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A client's session with a host; never sent as an event.</summary>
public sealed record XapiSession : XapiObject
{
    public override XapiClass Class => XapiClass.XapiSession;

    public XenRef<Host> ThisHost { get; init; }
    public XenRef<XapiUser> ThisUser { get; init; }
    public DateTimeOffset LastActive { get; init; } = DateTimeOffset.UnixEpoch;
    public bool Pool { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool IsLocalSuperuser { get; init; }
    public XenRef<XapiSubject> Subject { get; init; }
    public DateTimeOffset ValidationTime { get; init; } = DateTimeOffset.UnixEpoch;
    public string AuthUserSid { get; init; } = "";
    public string AuthUserName { get; init; } = "";
    public ImmutableArray<string> RbacPermissions { get; init; } = [];
    public ImmutableArray<XenRef<XapiTask>> Tasks { get; init; } = [];
    public XenRef<XapiSession> Parent { get; init; }
    public string Originator { get; init; } = "";
    public bool ClientCertificate { get; init; }
}
