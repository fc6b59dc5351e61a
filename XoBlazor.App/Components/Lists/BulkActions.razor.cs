using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Lists;

/// <summary>What can be done with all that is selected: what is possible for none is disabled and says why.</summary>
public sealed partial class BulkActions<T>
{
    private List<Choice> _choices = [];

    [Parameter, EditorRequired]
    public XapiClass Class { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<Cell<T>> Cells { get; set; } = [];

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override bool FollowsTime => true;

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
        var cells = Cells.Select(cell => Scene.Pool(cell.Pool.Uuid)?.Picture is { } picture && picture.Get(cell.Object.Ref) is T now ? new Cell<T>(picture, now) : cell)
            .Where(cell => cell.Object is not Vm vm || vm.Kind() == VmKind.Vm).ToList();
        return [.. Catalogue.For(Class).Select(operation => Judge(operation, cells))];
    }

    private Choice Judge(Operation operation, List<Cell<T>> cells)
    {
        if (Scene.IsPast)
            return new(operation, 0, OperationBar.PastReason);
        var able = 0;
        string? first = null;
        foreach (var cell in cells)
        {
            if (operation.Obstacle(cell.Pool, cell.Object) is { } obstacle)
                first ??= obstacle;
            else
                able++;
        }

        return new(operation, able, able > 0 ? null : first ?? "Nothing is selected that this could be done with.");
    }

    private Task StartAsync(Operation operation) => Actions.StartAsync(operation, [.. Cells.Select(cell => (cell.Pool, (XapiObject)cell.Object))]);

    private sealed record Choice(Operation Operation, int Able, string? Reason);
}
