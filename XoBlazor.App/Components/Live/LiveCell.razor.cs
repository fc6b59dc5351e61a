using Microsoft.AspNetCore.Components;

namespace XoBlazor.App.Components.Live;

/// <summary>One live value on a page: read from every new scene, rendered (and faded once) only when it differs.</summary>
public sealed partial class LiveCell<TValue>
{
    private TValue _value = default!;
    private int _changes;

    /// <summary>Cheap and without side effects.</summary>
    [Parameter, EditorRequired]
    public Func<Scene, TValue> Read { get; set; } = default!;

    [Parameter, EditorRequired]
    public RenderFragment<TValue> ChildContent { get; set; } = default!;

    // Two names for one animation: a second change starts it anew.
    private string? Fading => _changes == 0 ? null : _changes % 2 == 0 ? "changed-a" : "changed-b";

    protected override void OnParametersSet() => _value = Read(Scene);

    protected override bool IsDifferent(Scene before)
    {
        var value = Read(Scene);
        if (EqualityComparer<TValue>.Default.Equals(value, _value))
            return false;
        _value = value;
        _changes++;
        return true;
    }
}
