using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings;

/// <summary>The pages of the settings that the person at this circuit may open, beside them or, where it is narrow, above.</summary>
public sealed partial class SettingsNav
{
    private ImmutableArray<SettingsPlace> _places = [];
    private Actor? _actor;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override bool FollowsTime => true;

    protected override async Task OnInitializedAsync()
    {
        _actor = (await Actions.RequesterAsync()).Actor;
        _places = [.. SettingsPlace.For(Access, _actor)];
    }

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        if (_actor is null)
            return false;
        var places = SettingsPlace.For(Access, _actor).ToImmutableArray();
        var isDifferent = !places.SequenceEqual(_places);
        _places = places;
        return isDifferent;
    }
}
