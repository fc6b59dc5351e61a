// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A piece of work a host is doing or has done; gone when the toolstack restarts.</summary>
public sealed record XapiTask : XapiObject
{
    public override XapiClass Class => XapiClass.XapiTask;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public EnumSet<TaskOperation> AllowedOperations { get; init; }
    public XenMap<string, TaskOperation> CurrentOperations { get; init; } = XenMap<string, TaskOperation>.Empty;
    public DateTimeOffset Created { get; init; } = DateTimeOffset.UnixEpoch;
    public DateTimeOffset Finished { get; init; } = DateTimeOffset.UnixEpoch;
    public XapiTaskStatus Status { get; init; }
    public XenRef<Host> ResidentOn { get; init; }
    public double Progress { get; init; }
    public string Type { get; init; } = "";
    public string Result { get; init; } = "";
    public ImmutableArray<string> ErrorInfo { get; init; } = [];
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public XenRef<XapiTask> SubtaskOf { get; init; }
    public ImmutableArray<XenRef<XapiTask>> Subtasks { get; init; } = [];
    public string Backtrace { get; init; } = "";
}
