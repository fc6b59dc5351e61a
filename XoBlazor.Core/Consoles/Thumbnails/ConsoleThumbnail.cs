namespace XoBlazor.Core.Consoles.Thumbnails;

/// <summary>What a VM's screen shows, as a small picture, or why there is none.</summary>
public abstract record ConsoleThumbnail
{
    private ConsoleThumbnail()
    {
    }

    /// <summary>A picture. Immutable, shared by all who look.</summary>
    /// <param name="Jpeg">As the host made it, in whatever size its screen has.</param>
    /// <param name="Tag">Another one for another picture.</param>
    public sealed record Picture(ReadOnlyMemory<byte> Jpeg, string Tag) : ConsoleThumbnail;

    /// <summary>None.</summary>
    /// <param name="Code">For programs: <c>gone</c>, <c>not-running</c>, <c>no-console</c>, <c>unreachable</c>, <c>not-here</c>, <c>limit</c>, <c>refused</c>, <c>wrong</c>, <c>busy</c>.</param>
    /// <param name="Text">For people. Names no host: whoever sees a screen need not see where it runs.</param>
    public sealed record None(string Code, string Text) : ConsoleThumbnail;
}
