namespace XoBlazor.App.Components.Lists;

/// <summary>Where a column stands when a row is a two-line card on a small screen.</summary>
public enum CardPlace
{
    Hidden,

    /// <summary>The first line: what the object is called, and its state.</summary>
    First,

    /// <summary>The second line, beside others.</summary>
    Second,

    /// <summary>Beside both lines: a picture.</summary>
    Beside,
}
