namespace XoBlazor.Plugins;

/// <summary>What a colour says. It never stands alone: a word is with it.</summary>
public enum PanelTone
{
    /// <summary>At rest, or not known.</summary>
    Neutral,

    /// <summary>Works as meant.</summary>
    Good,

    /// <summary>Under way, or wants a look.</summary>
    Busy,

    /// <summary>Stopped in the middle and kept.</summary>
    Held,

    /// <summary>Broken or out of reach.</summary>
    Bad,
}
