using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>What a watcher found, in words.</summary>
/// <param name="Title">One line, with the object's name.</param>
internal sealed record Finding(string Title, string Text = "")
{
    public string? Pool { get; init; }

    /// <summary>The object that decides who may hear of it, as it was seen last; null for the server's own matters.</summary>
    public XapiObject? About { get; init; }

    /// <summary>The right on the server as a whole without which nobody hears of it, where no object decides.</summary>
    public string? Right { get; init; }

    /// <summary>Other than the rule's.</summary>
    public NotificationSeverity? Severity { get; init; }

    /// <summary>When it was found true, where that is known to be before now.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>It is told only when it was just seen, and counts from anew when it was not seen for a while.</summary>
    public bool NeedsSight { get; init; }

    /// <summary>What makes it up, where more of that is news.</summary>
    public ImmutableSortedSet<string> Parts { get; init; } = [];

    public static Finding Of(PoolPicture pool, XapiObject about, string title, string text = "") => new(title, text) { Pool = pool.Uuid, About = about };

    public ObjectKey? Key => Pool is { } pool && About is { } about ? new(pool, about.Uuid.Length > 0 ? about.Uuid : about.Ref) : null;

    public string? Class => About is { } about ? XapiCodec.For(about.Class).WireName : null;
}
