namespace XoBlazor.App.Components.Live;

/// <summary>Something on the screen that looks again when its circuit's pulse beats. Called on the circuit's dispatcher.</summary>
public interface ILive
{
    void Look(Beat beat);
}

/// <summary>What a pulse beat says.</summary>
/// <param name="Now">Our clock.</param>
/// <param name="IsSecond">A new second began since the last beat: ages on the screen may read differently.</param>
public readonly record struct Beat(DateTimeOffset Now, bool IsSecond);
