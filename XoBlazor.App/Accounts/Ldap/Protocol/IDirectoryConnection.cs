namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// A connection to one directory server. One operation at a time; between two pages of a search others may run. Every operation ends
/// within the target's answer time-out or when its caller cancels, and fails with <see cref="LdapUnreachableException"/> (the connection
/// is then gone) or <see cref="LdapResultException"/> (it goes on). Disposing never waits for the server.
/// </summary>
internal interface IDirectoryConnection : IAsyncDisposable
{
    LdapTarget Target { get; }

    /// <summary>The address that was reached.</summary>
    string RemoteAddress { get; }

    /// <summary>The certificate the server showed, null without TLS.</summary>
    LdapCertificate? Certificate { get; }

    /// <summary>The agreed version of TLS, null without.</summary>
    string? TlsVersion { get; }

    /// <summary>
    /// Simple bind (RFC 4513 §5.1.3). A name or password that is empty, blank or holds a NUL never reaches the wire: many servers
    /// answer an empty password with success (§5.1.2). Such a call fails with <see cref="ArgumentException"/>.
    /// </summary>
    Task BindAsync(string name, string password, CancellationToken token);

    /// <summary>
    /// Entries and references, page by page. What came before a failure is yielded first; a size limit that the search or the server
    /// sets ends it with <see cref="LdapResultCode.SizeLimitExceeded"/>.
    /// </summary>
    IAsyncEnumerable<LdapSearchItem> SearchAsync(LdapSearch search, CancellationToken token);

    /// <summary>Who the server takes us for (RFC 4532); empty for nobody.</summary>
    Task<string> WhoAmIAsync(CancellationToken token);
}
