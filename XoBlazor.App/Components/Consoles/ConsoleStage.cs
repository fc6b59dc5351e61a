namespace XoBlazor.App.Components.Consoles;

/// <summary>How far a console is.</summary>
public enum ConsoleStage
{
    /// <summary>Nothing was asked for yet.</summary>
    Closed,

    /// <summary>It is asked for.</summary>
    Opening,

    /// <summary>The picture is the guest's.</summary>
    Live,

    /// <summary>The server waits for the guest or its host.</summary>
    Waiting,

    /// <summary>The browser has lost the server and tries again.</summary>
    Lost,

    /// <summary>It ended, and does not begin again by itself.</summary>
    Ended,
}
