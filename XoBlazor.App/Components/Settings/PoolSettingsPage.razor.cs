using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Components.Settings;

/// <summary>The pools this server looks after: how each is reached, and how it stands.</summary>
public sealed partial class PoolSettingsPage
{
    private ImmutableArray<PoolState> _shown = [];
    private bool _isAdding;
    private Guid? _edited;

    [Inject]
    private PoolFleet Fleet { get; set; } = default!;

    // Ages of answers and times of the next try move with the clock.
    protected override bool FollowsTime => true;

    protected override bool IsDifferent(Scene before)
    {
        var states = Fleet.States;
        var isSame = states.AsSpan().SequenceEqual(_shown.AsSpan(), ReferenceEqualityComparer.Instance);
        _shown = states;
        return !isSame;
    }
}
