namespace XoBlazor.App.Components.Ui;

/// <summary>How a state shows itself: icon, word and tone, always together.</summary>
public readonly record struct Look(string Icon, string Word, Tone Tone)
{
    /// <summary>The class that colours it.</summary>
    public string ToneClass => Tone switch
    {
        Tone.Good => "tone-good",
        Tone.Idle => "tone-idle",
        Tone.Busy => "tone-busy",
        Tone.Held => "tone-held",
        Tone.Bad => "tone-bad",
    };
}
