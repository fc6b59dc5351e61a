namespace XoBlazor.App.Components.Consoles;

/// <summary>How somebody wants to see consoles and type at them; their browser keeps it.</summary>
public sealed record ConsoleLook
{
    /// <summary><c>fit</c>: scaled to the room there is; <c>actual</c>: pixel by pixel; <c>match</c>: the guest is asked to take the size of that room.</summary>
    public string Fit { get; init; } = "fit";

    /// <summary><c>auto</c> (by what the browser knows of its network), <c>sharp</c>, <c>balanced</c>, <c>slow</c>.</summary>
    public string Quality { get; init; } = "auto";

    /// <summary>Whether a dot shows where the mouse is, for guests that do not draw it.</summary>
    public bool Dot { get; init; } = true;

    /// <summary>The keyboard that the guest is set to, for what is typed as text.</summary>
    public string Layout { get; init; } = "us";

    /// <summary>Characters a second of what is typed as text.</summary>
    public int Rate { get; init; } = 30;
}
