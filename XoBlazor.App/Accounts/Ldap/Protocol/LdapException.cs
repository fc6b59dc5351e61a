namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// A directory server did not do what was asked. The kinds are split by what still works: <see cref="LdapUnreachableException"/> this
/// server cannot be talked to, its connection is gone, another server may answer; <see cref="LdapResultException"/> it answered and
/// said no, the connection is fine. A caller who cancels gets the usual <see cref="OperationCanceledException"/>. Messages name the
/// directory, the stage and the next step, and hold no secrets.
/// </summary>
internal abstract class LdapException : Exception
{
    protected LdapException(LdapTarget target, LdapStage stage, string message, Exception? inner)
        : base($"{target.Directory}: {target.Server} {message}", inner)
    {
        Server = target.Server;
        Stage = stage;
    }

    public string Server { get; }

    public LdapStage Stage { get; }

    /// <summary>Whether the same request is worth making to another server of the directory.</summary>
    public abstract bool MayAnotherServerHelp { get; }
}
