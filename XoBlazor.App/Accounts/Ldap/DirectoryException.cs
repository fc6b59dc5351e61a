namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Why a directory as a whole is of no use now.</summary>
internal enum DirectoryTrouble
{
    /// <summary>The settings cannot work; somebody has to change them.</summary>
    Settings,

    /// <summary>None of its servers can be talked to; it is asked again after a while.</summary>
    Down,

    /// <summary>It answers and refuses the service account or a search.</summary>
    Refused,

    /// <summary>Its answer looks incomplete; acting on it would take access away wrongly.</summary>
    Doubtful,
}

/// <summary>A directory is of no use now. The message names it and the next step, and holds no secrets.</summary>
internal sealed class DirectoryException(DirectoryTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    public DirectoryTrouble Trouble { get; } = trouble;
}
