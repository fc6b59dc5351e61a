using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Transfers;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Components.Operations.Forms;

/// <summary>Asks for an operation's parameters, and for a confirmation where one is needed. Closes with Ok once it was begun, or cancelled.</summary>
public sealed partial class OperationDialog
{
    private readonly string _form = $"operation-{Guid.NewGuid():N}";
    private readonly string _typedId = $"typed-{Guid.NewGuid():N}";
    private OperationForm _state = default!;
    private string _typed = "";
    private ChosenFile? _file;
    private string? _refusal;
    private bool _isBusy;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public Operation Operation { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The verb on the button.</summary>
    [Parameter, EditorRequired]
    public string Verb { get; set; } = "";

    /// <summary>What has to be typed; null when a click is enough.</summary>
    [Parameter]
    public string? Expected { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<(PoolPicture Pool, XapiObject Object)> Able { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<(PoolPicture Pool, XapiObject Object)> Unable { get; set; } = [];

    /// <summary>What is chosen to begin with.</summary>
    [Parameter]
    public JsonObject? Chosen { get; set; }

    /// <summary>Begins it with what was filled in; returns why it was refused, or null.</summary>
    [Parameter, EditorRequired]
    public Func<JsonObject, ChosenFile?, Task<string?>> Begin { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    private string? WhyNot =>
        (Operation.Bytes == TransferDirection.In && _file is null ? "Choose a file" : null)
        ?? _state.Problem
        ?? (Expected is not null && !ForeignText.IsMeant(_typed, Expected) ? $"Type {Expected} first" : null)
        ?? (Operation.Group == OperationGroup.Change && Operation.Confirmation == Confirmation.None && !_state.IsChanged ? "Nothing is changed yet" : null);

    public static async Task<bool> AskAsync(IDialogService dialogs, DialogParameters<OperationDialog> parameters, string title, bool isLarge)
    {
        var options = new DialogOptions { CloseOnEscapeKey = true, BackdropClick = false, MaxWidth = isLarge ? MaxWidth.Medium : MaxWidth.Small, FullWidth = true };
        var dialog = await dialogs.ShowAsync<OperationDialog>(title, parameters, options);
        return await dialog.Result is { Canceled: false };
    }

    protected override void OnInitialized()
    {
        _state = new(Operation, View, Able);
        _state.Choose(Chosen);
        _refusal = _state.Obstacle;
    }

    private void OnChange() => _refusal = null;

    private void OnFile(ChosenFile? file)
    {
        (_file, _refusal) = (file, null);
        _state.Suggest(file);
    }

    private async Task SubmitAsync()
    {
        if (_isBusy || WhyNot is not null)
            return;
        _isBusy = true;
        try
        {
            _refusal = await Begin(_state.Read(), _file);
            if (_refusal is null)
                Dialog.Close(DialogResult.Ok(true));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
