using System.Globalization;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Live;

/// <summary>A moment as its age, with the exact time in the person's zone on hover. XAPI's zero time counts as unknown.</summary>
public sealed partial class RelativeTime
{
    private string? _text;

    [Parameter, EditorRequired]
    public DateTimeOffset? Moment { get; set; }

    [Inject]
    private UserZone Zone { get; set; } = default!;

    protected override bool FollowsTime => true;

    private DateTimeOffset Reference => Scene.AsOf ?? Now;

    protected override void OnParametersSet() => _text = Text();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var text = Text();
        var isOlder = text != _text;
        _text = text;
        return isOlder;
    }

    private string? Text() => Moment is { } moment && moment > DateTimeOffset.UnixEpoch ? Format.Ago(moment, Reference) : null;
}
