using XoBlazor.App.Administration;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Settings.Users;

/// <summary>How a user's state shows itself.</summary>
public static class UserLooks
{
    public static Look Of(UserLine user) => user switch
    {
        { IsDisabled: true } => new("disabled", "Disabled", Tone.Idle),
        { LockedUntil: not null } => new("lock", "Locked", Tone.Busy),
        _ => new("connected", "Active", Tone.Good),
    };
}
