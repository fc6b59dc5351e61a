namespace XoBlazor.Core.Patching.Zip;

/// <summary>Why a zip is not taken, for people.</summary>
internal static class ZipRefusal
{
    /// <param name="why">What is wrong with it, as the rest of a sentence.</param>
    public static PatchingException Because(string why) => new($"The zip is refused: {why}. Is it as its maker gave it out, and whole?");
}
