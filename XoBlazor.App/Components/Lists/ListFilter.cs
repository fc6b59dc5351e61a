using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Lists;

/// <summary>What a person typed into a list's filter box, understood or not.</summary>
/// <param name="Matches">Null when everything matches.</param>
/// <param name="Problem">Why the text is no filter.</param>
/// <param name="ProblemAt">The character where understanding ends.</param>
public sealed record ListFilter(string Text, Func<PoolPicture, XapiObject, bool>? Matches, string? Problem = null, int ProblemAt = 0)
{
    public static readonly ListFilter None = new("", null);

    public static ListFilter Parse(string text)
    {
        text = text.Trim();
        return text.Length == 0 ? None : new(text, (_, value) => ObjectLooks.Name(value).Contains(text, StringComparison.OrdinalIgnoreCase));
    }
}
