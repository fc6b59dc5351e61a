namespace XoBlazor.Core.Notifications.Posting;

/// <summary>How a message to one recipient stands. The names stand in the database: never rename one.</summary>
public enum OutboxState
{
    /// <summary>It is sent when it is due.</summary>
    Waiting,

    /// <summary>On its way; after a crash it is sent once more under the same id.</summary>
    Sending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>Not sent: the person may not view what it is about, or is gone, or the rule is.</summary>
    Withheld,

    /// <summary>Given up after the last attempt, or because no further one would help; somebody may send it again.</summary>
    Dead,
}
