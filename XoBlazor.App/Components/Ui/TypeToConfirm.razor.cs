using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Ui;

/// <summary>Asks before something that cannot be undone. Closes with Ok, or cancelled.</summary>
public sealed partial class TypeToConfirm
{
    private readonly string _form = $"confirm-{Guid.NewGuid():N}";
    private readonly string _field = $"typed-{Guid.NewGuid():N}";
    private string _typed = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The verb on the button, such as <c>Delete 3 VMs</c>.</summary>
    [Parameter, EditorRequired]
    public string Verb { get; set; } = "";

    /// <summary>What has to be typed: the object's name or the number of objects; null when a click is enough.</summary>
    [Parameter]
    public string? Expected { get; set; }

    /// <summary>What will be lost and what depends on it.</summary>
    [Parameter]
    public RenderFragment? Content { get; set; }

    private bool IsTyped => Expected is null || ForeignText.IsMeant(_typed, Expected);

    public static async Task<bool> AskAsync(IDialogService dialogs, string title, string verb, string? expected, RenderFragment content)
    {
        var parameters = new DialogParameters<TypeToConfirm>
        {
            { d => d.Title, title }, { d => d.Verb, verb }, { d => d.Expected, expected }, { d => d.Content, content },
        };
        var dialog = await dialogs.ShowAsync<TypeToConfirm>(title, parameters, new DialogOptions { CloseOnEscapeKey = true, MaxWidth = MaxWidth.Small, FullWidth = true });
        return await dialog.Result is { Canceled: false };
    }

    private void Confirm()
    {
        if (IsTyped)
            Dialog.Close(DialogResult.Ok(true));
    }
}
