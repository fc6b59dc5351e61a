using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Metrics;

/// <summary>How a host of some age writes metrics in JSON (xapi-protocol.md §8.7).</summary>
internal enum RrdForm
{
    /// <summary>Numbers as they are, those that are none as well: <c>NaN</c> without quotes, which is no JSON.</summary>
    Bare,

    /// <summary>Numbers as texts, and the rows inside <c>meta</c> by mistake.</summary>
    Nested,

    /// <summary>Numbers as texts.</summary>
    Texts,
}

internal static class RrdForms
{
    private static readonly Release s_texts = new(1000, new(23, 31, 0));
    private static readonly Release s_mended = new(1000, new(24, 11, 0));

    public static RrdForm Of(Release age) => age >= s_mended ? RrdForm.Texts : age >= s_texts ? RrdForm.Nested : RrdForm.Bare;
}
