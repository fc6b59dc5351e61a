// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>pvs_proxy_status</c>.</summary>
public enum PvsProxyStatus
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Stopped,
    Initialised,
    Caching,
    IncompatibleWriteCacheMode,
    IncompatibleProtocolVersion,
}
