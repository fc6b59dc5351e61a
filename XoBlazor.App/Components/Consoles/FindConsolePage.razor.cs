using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Consoles;

/// <summary>The console of a VM whose pool is not named: leads to it, or asks which one where several pools have such a VM.</summary>
public sealed partial class FindConsolePage
{
    private ImmutableArray<(ScenePool Pool, Vm Vm)> _found = [];

    [Parameter]
    public string Uuid { get; set; } = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnParametersSet()
    {
        _found = [];
        Find();
    }

    // A pool that is read after a start brings its VM later.
    protected override bool IsDifferent(Scene before) => Find();

    private bool Find()
    {
        ImmutableArray<(ScenePool Pool, Vm Vm)> found =
            [.. Scene.Pools.Select(pool => (pool, Vm: pool.Picture?.Find<Vm>(Uuid)!)).Where(one => one.Vm is not null && ConsolePage.HasConsole(one.Vm))];
        // Whoever is asked already is not led away under their hand.
        if (found.Length == 1 && _found.Length == 0)
            Navigation.NavigateTo(TimeTravel.Along(Navigation, ConsolePage.UrlOf(found[0].Pool.Uuid, found[0].Vm)), replace: true);
        var isDifferent = !found.Select(one => one.Vm.Ref).SequenceEqual(_found.Select(one => one.Vm.Ref));
        _found = found;
        return isDifferent;
    }
}
