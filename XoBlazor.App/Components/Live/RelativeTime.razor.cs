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

    /// <summary>What it reads at a moment; null where it is not known.</summary>
    public static string? Text(DateTimeOffset? moment, DateTimeOffset now) => moment is { } known && known > DateTimeOffset.UnixEpoch ? Format.Ago(known, now) : null;

    protected override void OnParametersSet() => _text = Text(Moment, Reference);

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var text = Text(Moment, Reference);
        var isOlder = text != _text;
        _text = text;
        return isOlder;
    }
}
