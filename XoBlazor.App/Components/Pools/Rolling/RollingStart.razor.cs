using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Pools;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Pools.Rolling;

/// <summary>The rehearsal of a rolling reboot or update, made when the page is opened and when somebody asks for it again.</summary>
public sealed partial class RollingStart
{
    private readonly HashSet<string> _agreed = [];
    private Rehearsal? _rehearsal;
    private string? _problem;
    private string? _refusal;
    private bool _isLooking;
    private bool _restartsVms;

    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public RollingOperations Operations { get; set; } = default!;

    /// <summary>Hosts get what they lack; else they are rebooted only.</summary>
    [Parameter]
    public bool IsUpdate { get; set; }

    private Operation Begin => IsUpdate ? Operations.Update : Operations.Reboot;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private BrowserScript Browser { get; set; } = default!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await RehearseAsync();
    }

    private async Task RehearseAsync()
    {
        if (_isLooking)
            return;
        (_isLooking, _problem) = (true, null);
        StateHasChanged();
        try
        {
            var result = await Actions.AskAsync(IsUpdate ? Operations.RehearseUpdate : Operations.Rehearse, Picture, Picture.Pool!);
            if (result.Answer is { } answer)
                _rehearsal = JsonSerializer.Deserialize(answer, RollingJson.Default.Rehearsal);
            else
                _problem = result.Message;
        }
        catch (Exception refused) when (refused is OperationRefusedException or AdministrationRefusedException)
        {
            _problem = refused.Message;
        }
        finally
        {
            _isLooking = false;
            StateHasChanged();
        }
    }

    private XapiObject? ObjectOf(RehearsalFinding finding) => finding.About is { } uuid ? Picture.GetByUuid(uuid) : Picture.Pool;

    private bool IsAgreed(RehearsalFinding finding) => finding is { Kind: "VM", Level: FindingLevel.Blocks, About: { } vm } && _agreed.Contains(vm);

    private void Agree(string vm, bool isAgreed)
    {
        if (isAgreed)
            _agreed.Add(vm);
        else
            _agreed.Remove(vm);
    }

    /// <summary>What was agreed to since is not in the way.</summary>
    private string Summary(Rehearsal rehearsal) => rehearsal.IsReady || rehearsal.Findings.Any(finding => finding.Level == FindingLevel.Blocks && !IsAgreed(finding)) ? rehearsal.Summary
        : rehearsal.Findings.Count(IsAgreed) is 1 ? "With 1 VM shut down meanwhile nothing is in the way." : $"With {rehearsal.Findings.Count(IsAgreed)} VMs shut down meanwhile nothing is in the way.";

    private string? WhyNot(Rehearsal rehearsal) => Actions.Obstacle(Begin, Picture, Picture.Pool!)
        ?? (rehearsal.Findings.Any(finding => finding.Level == FindingLevel.Blocks && !IsAgreed(finding)) ? "First put right what is in the way, or let those VMs be shut down meanwhile." : null);

    private async Task FixAsync(Operation operation, XapiObject target)
    {
        if (await Actions.StartAsync(operation, [(Picture, target)]) && Actions.RunningOn(Picture.Key(target)) is { } run)
            await run.Completion;
        await RehearseAsync();
    }

    private async Task BeginAsync()
    {
        var pool = Picture.Pool!;
        var isSure = await TypeToConfirm.AskAsync(Dialogs, $"{Begin.Title}: {Picture.Name()}?", Begin.Title, Picture.Name(), builder =>
        {
            builder.OpenComponent<ConsequenceList>(0);
            builder.AddComponentParameter(1, nameof(ConsequenceList.Operation), Begin);
            builder.AddComponentParameter(2, nameof(ConsequenceList.Able), new List<(PoolPicture, XapiObject)> { (Picture, pool) });
            builder.AddComponentParameter(3, nameof(ConsequenceList.Unable), new List<(PoolPicture, XapiObject)>());
            builder.CloseComponent();
        });
        if (!isSure)
            return;
        // What was agreed to counts for VMs that are in the way now.
        var agreed = _rehearsal!.Findings.Where(IsAgreed).Select(finding => (JsonNode)finding.About!).ToArray();
        var given = new JsonObject();
        if (agreed.Length > 0)
            given["shutdownVms"] = new JsonArray(agreed);
        if (_restartsVms && _rehearsal.RestartsAreAsked)
            given["restartVms"] = true;
        _refusal = await Actions.BeginAsync(Begin, Picture, pool, given);
    }

    private Task SaveAsync(Rehearsal rehearsal, bool isText) => Browser.SaveAsync(
        isText ? Encoding.UTF8.GetBytes(RehearsalText.Of(rehearsal)) : JsonSerializer.SerializeToUtf8Bytes(rehearsal, RollingJson.Default.Rehearsal),
        $"rehearsal.{(isText ? "md" : "json")}", isText ? "text/markdown" : "application/json");
}
