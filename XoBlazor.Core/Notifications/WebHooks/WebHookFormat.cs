namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>What the body of a web hook looks like.</summary>
internal enum WebHookFormat
{
    /// <summary>All that is known, as JSON of our own.</summary>
    Json,

    /// <summary>A card, as Microsoft's connectors take them.</summary>
    Office365,

    /// <summary>A text, as Slack and those like it (Mattermost, Rocket.Chat) take it.</summary>
    Slack,
}
