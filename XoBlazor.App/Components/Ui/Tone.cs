namespace XoBlazor.App.Components.Ui;

/// <summary>What a state's colour says. A tone never stands alone: an icon and a word are with it.</summary>
public enum Tone
{
    /// <summary>Works as meant.</summary>
    Good,

    /// <summary>At rest, or not known.</summary>
    Idle,

    /// <summary>Under way, or wants a look.</summary>
    Busy,

    /// <summary>Stopped in the middle and kept: paused, suspended.</summary>
    Held,

    /// <summary>Broken or out of reach.</summary>
    Bad,
}
