using XoBlazor.App.Components.Details;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.App.Components.Tasks;

/// <summary>One task of a host.</summary>
public sealed partial class TaskPage
{
    public override string Kind => "task";

    public override string ListUrl => "/tasks";

    private List<XapiTask> Parts => [.. Picture.Get(Object.Subtasks).OrderBy(t => t.Created)];

    private List<XapiObject> On => [.. Picture.WorkedOn(Object).DistinctBy(o => o.Ref).OrderBy(o => o.Class)];

    private string? Failure => Object.ErrorInfo is [var code, .. var parameters] && Object.Status == XapiTaskStatus.Failure ? XapiErrorText.Of(code, parameters, Picture.NameOfReference) : null;

    protected override IEnumerable<XapiObject?> Related() =>
        [Picture.Pool, Picture.Get(Object.ResidentOn), Picture.Get(Object.SubtaskOf), .. Picture.Get(Object.Subtasks), .. On];
}
