using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace XoBlazor.App.Components.Ui;

/// <summary>A text field that offers what could be meant while one types. Arrows choose, Enter or Tab takes, Escape closes.</summary>
public sealed partial class Combobox<TItem>
{
    private ImmutableArray<TItem> _shown = [];
    private int _at = -1;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public EventCallback<string> OnText { get; set; }

    /// <summary>What is offered now; none closes the list.</summary>
    [Parameter, EditorRequired]
    public ImmutableArray<TItem> Options { get; set; } = [];

    /// <summary>How one of them is shown.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<TItem> Option { get; set; } = default!;

    [Parameter, EditorRequired]
    public EventCallback<TItem> OnTake { get; set; }

    /// <summary>The list is asked for without typing.</summary>
    [Parameter]
    public EventCallback OnOpen { get; set; }

    /// <summary>The list is not wanted any more: the field was left, or what stands in it is meant as it is.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnLeave { get; set; }

    /// <summary>Stands below the last one that is offered.</summary>
    [Parameter]
    public string? More { get; set; }

    /// <summary>Stands below the field.</summary>
    [Parameter]
    public string? Says { get; set; }

    /// <summary>What stands in the field cannot be used; <see cref="Says"/> tells why.</summary>
    [Parameter]
    public bool IsWrong { get; set; }

    /// <summary>For ids and addresses.</summary>
    [Parameter]
    public bool IsMono { get; set; }

    [Parameter]
    public int MaxLength { get; set; } = 256;

    // A choice among others is none among these.
    protected override void OnParametersSet()
    {
        if (!Options.SequenceEqual(_shown))
            _at = -1;
        _shown = Options;
    }

    private Task TypeAsync(ChangeEventArgs change)
    {
        _at = -1;
        return OnText.InvokeAsync(change.Value as string ?? "");
    }

    private Task OnKeyAsync(KeyboardEventArgs key)
    {
        var count = Options.Length;
        switch (key.Key)
        {
            case "ArrowDown" when count == 0:
                return OnOpen.InvokeAsync();
            case "ArrowDown":
                _at = (_at + 1) % count;
                break;
            case "ArrowUp" when count > 0:
                _at = _at <= 0 ? count - 1 : _at - 1;
                break;
            case "Enter" or "Tab" when _at >= 0:
                return TakeAsync(_at);
            case "Enter" or "Escape":
                return OnLeave.InvokeAsync();
        }

        return Task.CompletedTask;
    }

    private Task TakeAsync(int at)
    {
        _at = -1;
        return at < Options.Length ? OnTake.InvokeAsync(Options[at]) : Task.CompletedTask;
    }
}
