using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Lists;

/// <summary>What can be done with all that is selected: what is possible for none is disabled and says why.</summary>
public sealed partial class BulkActions<T>
{
    private const int MostButtons = 3;

    private List<Choice> _choices = [];
    private bool _isOpen;

    [Parameter, EditorRequired]
    public XapiClass Class { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<Cell<T>> Cells { get; set; } = [];

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override bool FollowsTime => true;

    /// <summary>What is possible for some of them stands on the bar, the rest in its menu.</summary>
    private List<Choice> Buttons => [.. _choices.Where(c => c.Able > 0).Take(MostButtons)];

    protected override void OnParametersSet() => _choices = Read();

    // States move while one selects; a second is soon enough for the buttons to follow.
    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var choices = Read();
        var isDifferent = !choices.SequenceEqual(_choices);
        _choices = choices;
        return isDifferent;
    }

    private List<Choice> Read()
    {
        var cells = Present();
        return [.. Catalogue.For(Class).Where(operation => operation.SuitsMany && cells.Exists(cell => operation.IsFor(cell.Pool, cell.Object))).OrderBy(operation => operation.Group).Select(operation => Judge(operation, cells))];
    }

    // The selection as it is now, not as it was when it was selected.
    private List<Cell<T>> Present() => [.. Cells.Select(AsOfNow).OfType<Cell<T>>()];

    private Cell<T>? AsOfNow(Cell<T> cell) =>
        Scene.Pool(cell.Pool.Uuid)?.Picture is { } picture && picture.Get(cell.Object.Ref) is T now ? new Cell<T>(picture, now) : null;

    private Choice Judge(Operation operation, List<Cell<T>> cells)
    {
        if (Scene.IsPast)
            return new(operation, 0, OperationBar.PastReason);
        var able = 0;
        string? first = null;
        foreach (var cell in cells)
        {
            if (!operation.IsFor(cell.Pool, cell.Object))
                continue;
            if (Actions.Obstacle(operation, cell.Pool, cell.Object) is { } obstacle)
                first ??= obstacle;
            else
                able++;
        }

        return new(operation, able, able > 0 ? null : first ?? "Nothing is selected that this could be done with.");
    }

    private string? Words(Choice choice) => choice.Reason ?? (choice.Able < Cells.Count ? $"possible for {choice.Able} of {Cells.Count}" : null);

    private async Task StartAsync(Operation operation)
    {
        if (_choices.First(c => c.Operation == operation).Reason is not null)
            return;
        _isOpen = false;
        await Actions.StartAsync(operation, [.. Present().Where(cell => operation.IsFor(cell.Pool, cell.Object)).Select(cell => (cell.Pool, (XapiObject)cell.Object))]);
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            _isOpen = false;
    }

    private sealed record Choice(Operation Operation, int Able, string? Reason);
}
