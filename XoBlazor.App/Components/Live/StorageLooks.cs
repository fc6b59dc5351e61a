using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>How the states of storage repositories and disks look.</summary>
public static class StorageLooks
{
    /// <summary>By the connections from hosts: all, some or none of them plugged.</summary>
    public static Look State(PoolPicture picture, Sr sr)
    {
        int plugged = 0, all = 0;
        foreach (var pbd in picture.Get(sr.Pbds))
        {
            all++;
            if (pbd.CurrentlyAttached)
                plugged++;
        }

        return (plugged, all) switch
        {
            (_, 0) => new("disabled", "Detached", Tone.Idle),
            (0, _) => new("silent", "Unplugged", Tone.Bad),
            _ when plugged < all => new("warning", $"{plugged} of {all} hosts", Tone.Busy),
            _ => new("connected", "Connected", Tone.Good),
        };
    }

    public static Look State(PoolPicture picture, Vdi vdi)
    {
        if (vdi.Missing)
            return new("failed", "Missing", Tone.Bad);
        var isKnown = false;
        foreach (var vbd in picture.Get(vdi.Vbds))
        {
            isKnown = true;
            if (vbd.CurrentlyAttached)
                return new("connected", "In use", Tone.Good);
        }

        return isKnown ? new("halted", "Attached", Tone.Idle) : new("disabled", "Free", Tone.Idle);
    }
}
