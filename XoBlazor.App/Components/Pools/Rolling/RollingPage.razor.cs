using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Pools;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.App.Components.Pools.Rolling;

/// <summary>A pool rebooted or updated host by host: the rehearsal from which it is begun, the run while it goes on, and the report of it afterwards.</summary>
public sealed partial class RollingPage
{
    private const int MostNotes = 200;

    private (RollingRun? Run, long Version, int Rights, int Count) _shown;

    [Parameter]
    public string PoolUuid { get; set; } = "";

    /// <summary>The run to show; without it the one that is under way, or else what begins one.</summary>
    [SupplyParameterFromQuery(Name = "run")]
    public string? RunId { get; set; }

    /// <summary>What would be begun: <c>update</c>, or a reboot.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [Inject]
    private RollingRuns Runs { get; set; } = default!;

    [Inject]
    private RollingOperations Operations { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // Steps and moves are told by the second: a pool in which everything moves would be drawn all the time.
    protected override bool FollowsTime => true;

    private ScenePool? ScenePool => Scene.Pool(PoolUuid);

    private RollingRun? Run { get; set; }

    private bool IsUpdate => Kind == "update";

    private string Title => Run is { } run ? RollingReport.Title(run) : IsUpdate ? "Rolling update" : "Rolling reboot";

    private ImmutableArray<RollingRun> Others { get; set; } = [];

    private ImmutableArray<string> Left { get; set; } = [];

    private string Address => $"/pools/{Uri.EscapeDataString(PoolUuid)}/rolling";

    protected override void OnParametersSet() => Read();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var before = _shown;
        Read();
        return before != _shown || Run is { IsOver: false };
    }

    /// <summary>A run that is looked at has an address of its own, and is still there when it is over.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (Run is { } run && RunId is null)
            Navigation.NavigateTo(AddressOf(run), replace: true);
    }

    private void Read()
    {
        var all = Runs.Of(PoolUuid);
        Run = RunId is null ? Runs.UnderWay(PoolUuid) : all.FirstOrDefault(run => run.Id.ToString() == RunId);
        Others = [.. all.Where(run => run.Id != Run?.Id)];
        Left = Run is { } shown ? RollingReport.Left(shown, ScenePool?.Picture) : [];
        _shown = (Run, ScenePool?.Picture?.Version ?? 0, View.Rights, all.Length);
    }

    private string AddressOf(RollingRun run) => $"{Address}?run={run.Id}";

    private IEnumerable<Operation> Controls(RollingRun run) => run.State == RollingState.Running ? [Operations.Pause, Operations.Skip, Operations.Cancel] : [Operations.Resume, Operations.Skip, Operations.Cancel];

    private string Times(RollingRun run) => $"by {run.Request.ActorName}, {(run.Ended is { } ended ? $"{Zone.Exact(run.Began)}, took {Format.Duration(ended - run.Began)}" : $"for {Format.Duration(Now - run.Began)}")}";

    private Task SaveAsync(RollingRun run, bool isText) => Browser.SaveAsync(
        isText ? Encoding.UTF8.GetBytes(RollingReport.Text(run, ScenePool?.Picture)) : JsonSerializer.SerializeToUtf8Bytes(run, RollingJson.Default.RollingRun),
        $"{run.Request.Kind.Word().Replace(' ', '-')}.{(isText ? "md" : "json")}", isText ? "text/markdown" : "application/json");
}
