namespace XoBlazor.Core.Notifications;

/// <summary>What a notification tells of.</summary>
public enum NotificationKind
{
    /// <summary>Something that came to pass and is over with that.</summary>
    Happened,

    /// <summary>Something that holds from now on.</summary>
    Began,

    /// <summary>The same, which holds still.</summary>
    Reminder,

    /// <summary>The same, which is well again.</summary>
    Ended,

    /// <summary>Somebody tries a rule out.</summary>
    Test,
}
