namespace XoBlazor.Core.Patching;

/// <summary>Texts of others, no longer than there is use for.</summary>
internal static class Bounded
{
    public static string Text(string? text, int most)
    {
        text = text?.Trim() ?? "";
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
    }

    /// <summary>An address that may be linked to; null for anything else.</summary>
    public static string? Link(string? text) =>
        text is { Length: > 0 and <= 2048 } && Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "" } ? address.AbsoluteUri : null;
}
