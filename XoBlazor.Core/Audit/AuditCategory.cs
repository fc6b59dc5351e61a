namespace XoBlazor.Core.Audit;

/// <summary>What kind of act a record tells of. The names stand in the file: never rename one.</summary>
public enum AuditCategory
{
    /// <summary>Something done to a pool's objects.</summary>
    Operation,

    /// <summary>Signing in and out, failures included.</summary>
    SignIn,

    /// <summary>Users, passwords, second factors, tokens and sessions.</summary>
    Account,

    /// <summary>Groups, roles, grants and directories.</summary>
    Access,

    /// <summary>The pools this server is connected to.</summary>
    Pool,

    /// <summary>The server's own settings.</summary>
    Setting,

    /// <summary>A virtual screen or terminal that was opened or closed.</summary>
    Console,

    /// <summary>The audit itself: starts of the server, removed old records, what was found broken.</summary>
    Audit,
}
