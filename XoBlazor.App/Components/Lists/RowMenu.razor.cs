using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Plugins;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Panels;

namespace XoBlazor.App.Components.Lists;

/// <summary>What can be done with one row's object, where the pointer was.</summary>
public sealed partial class RowMenu<T>
{
    private ElementReference _menu;

    [Parameter, EditorRequired]
    public Cell<T> Cell { get; set; }

    [Parameter]
    public double X { get; set; }

    [Parameter]
    public double Y { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    private IPictureSource Pictures { get; set; } = default!;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private PluginActions PluginActions { get; set; } = default!;

    private IEnumerable<Operation> Operations => Catalogue.For(Cell.Pool, Cell.Object).OrderBy(operation => operation.Group).ThenBy(operation => Reason(operation) is not null);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _menu.FocusAsync();
    }

    private static string Pixels(double value) => value.ToString("0", CultureInfo.InvariantCulture) + "px";

    private string? Reason(Operation operation) => Pictures.Current.IsPast ? OperationBar.PastReason : Actions.Obstacle(operation, Cell.Pool, Cell.Object);

    private async Task StartAsync(Operation operation)
    {
        if (Reason(operation) is not null)
            return;
        await OnClose.InvokeAsync();
        await Actions.StartAsync(operation, [(Cell.Pool, Cell.Object)]);
    }

    private async Task ChooseAsync(PluginContribution action, string? reason)
    {
        if (reason is not null)
            return;
        await OnClose.InvokeAsync();
        PluginActions.Choose(action, Cell.Pool, Cell.Object);
    }

    private Task OnKey(KeyboardEventArgs key) => key.Key is "Escape" or "Tab" ? OnClose.InvokeAsync() : Task.CompletedTask;
}
