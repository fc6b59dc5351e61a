using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;

namespace XoBlazor.App.Components.Settings;

/// <summary>The pages of the settings that the person at this circuit may open, beside them or, where it is narrow, above.</summary>
public sealed partial class SettingsNav
{
    private ImmutableArray<SettingsPlace> _places = [];

    [Inject]
    private CircuitView View { get; set; } = default!;

    protected override bool FollowsTime => true;

    protected override void OnInitialized() => _places = [.. SettingsPlace.For(View)];

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var places = SettingsPlace.For(View).ToImmutableArray();
        var isDifferent = !places.SequenceEqual(_places);
        _places = places;
        return isDifferent;
    }
}
