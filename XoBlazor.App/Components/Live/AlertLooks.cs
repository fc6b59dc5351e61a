using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Live;

/// <summary>How grave an alert looks.</summary>
public static class AlertLooks
{
    public static Look Severity(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => new("error", "Critical", Tone.Bad),
        AlertSeverity.Major => new("error", "Major", Tone.Bad),
        AlertSeverity.Warning => new("warning", "Warning", Tone.Busy),
        AlertSeverity.Minor => new("info", "Minor", Tone.Idle),
        AlertSeverity.Information => new("info", "Information", Tone.Idle),
    };
}
