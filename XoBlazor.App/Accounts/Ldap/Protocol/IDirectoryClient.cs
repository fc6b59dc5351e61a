namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// The seam between sign-in and the wire: everything above it knows no ASN.1 and no sockets, and a library can take its place by one
/// class for this and one for <see cref="IDirectoryConnection"/>. Thread-safe.
/// </summary>
internal interface IDirectoryClient
{
    /// <summary>A connection as safe as the target asks for, certificate checked, nobody bound yet. Fails with <see cref="LdapException"/>.</summary>
    Task<IDirectoryConnection> ConnectAsync(LdapTarget target, CancellationToken token);
}
