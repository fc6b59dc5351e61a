using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>How a host's state looks.</summary>
public static class HostLooks
{
    public static Look State(PoolPicture picture, Host host) => picture.Get(host.Metrics) switch
    {
        null => new("unknown", "Unknown", Tone.Idle),
        { Live: false } => new("failed", "Down", Tone.Bad),
        _ when host.CurrentOperations.Values.Contains(HostOperation.Evacuate) => new("busy", "Evacuating", Tone.Busy),
        _ when !host.Enabled => new("maintenance", "Maintenance", Tone.Busy),
        _ => new("connected", "Up", Tone.Good),
    };
}
