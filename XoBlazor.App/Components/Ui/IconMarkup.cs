using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Components;

namespace XoBlazor.App.Components.Ui;

/// <summary>
/// Icons as finished markup, one string for all circuits: a list draws hundreds of them, and drawn as elements each costs six times the
/// memory. There are as many as there are icons and state words; nothing from a host is ever in one. Safe from any thread.
/// </summary>
internal static class IconMarkup
{
    private static readonly ConcurrentDictionary<(string Sheet, string Icon), MarkupString> s_icons = [];
    private static readonly ConcurrentDictionary<(string Sheet, string Icon, Look Look), MarkupString> s_states = [];

    /// <param name="sheet">The address of the sheet of icons, as this build names it.</param>
    public static MarkupString Of(string sheet, string icon) => s_icons.GetOrAdd((sheet, icon), static key =>
        new($"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{WebUtility.HtmlEncode(key.Sheet)}#{key.Icon}\"></use></svg>"));

    /// <summary>The icon in its state's colour; the word is for screen readers.</summary>
    public static MarkupString Of(string sheet, string icon, Look look) => s_states.GetOrAdd((sheet, icon, look), static key =>
        new($"<span class=\"{key.Look.ToneClass}\">{Of(key.Sheet, key.Icon)}<span class=\"unseen\">{WebUtility.HtmlEncode(key.Look.Word)}</span></span>"));
}
