using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Live;

/// <summary>How our connection to a pool looks.</summary>
public static class PoolLooks
{
    public static Look State(ScenePool pool) => pool switch
    {
        { IsConnected: true } => new("connected", "Connected", Tone.Good),
        { Picture: null, LastAnswer: null } => new("silent", "Never reached", Tone.Bad),
        _ => new("silent", "Out of reach", Tone.Bad),
    };
}
