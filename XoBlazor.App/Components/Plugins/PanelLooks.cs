using XoBlazor.App.Components.Statistics;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Plugins;

namespace XoBlazor.App.Components.Plugins;

/// <summary>How what plugins show looks here.</summary>
internal static class PanelLooks
{
    public static string? NoticeClass(PanelTone tone) => tone switch
    {
        PanelTone.Good => "good",
        PanelTone.Busy or PanelTone.Held => "busy",
        PanelTone.Bad => "bad",
        _ => null,
    };

    public static Look Of(PanelTone tone, string words) => tone switch
    {
        PanelTone.Good => new("done", ForeignText.Shown(words), Tone.Good),
        PanelTone.Busy => new("warning", ForeignText.Shown(words), Tone.Busy),
        PanelTone.Held => new("paused", ForeignText.Shown(words), Tone.Held),
        PanelTone.Bad => new("failed", ForeignText.Shown(words), Tone.Bad),
        _ => new("disabled", ForeignText.Shown(words), Tone.Idle),
    };

    public static ChartUnit Of(PanelUnit unit) => unit switch
    {
        PanelUnit.Percent => ChartUnit.Percent,
        PanelUnit.Bytes => ChartUnit.Bytes,
        PanelUnit.ByteRate => ChartUnit.BytesPerSecond,
        PanelUnit.Rate => ChartUnit.PerSecond,
        PanelUnit.Milliseconds => ChartUnit.Milliseconds,
        _ => ChartUnit.Number,
    };
}
