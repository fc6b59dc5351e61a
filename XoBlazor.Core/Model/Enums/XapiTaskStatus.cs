// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>task_status_type</c>.</summary>
public enum XapiTaskStatus
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Pending,
    Success,
    Failure,
    Cancelling,
    Cancelled,
}
