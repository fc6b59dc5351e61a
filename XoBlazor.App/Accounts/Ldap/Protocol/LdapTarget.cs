namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>One server of a directory and how to talk to it.</summary>
internal sealed record LdapTarget
{
    public const int PlainPort = 389;
    public const int TlsPort = 636;

    /// <summary>The directory's name as its administrator wrote it; every message about this server begins with it.</summary>
    public required string Directory { get; init; }

    /// <summary>Host name or IP address, without brackets. The certificate is checked against it.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required LdapSecurity Security { get; init; }

    public LdapTrust Trust { get; init; } = LdapTrust.System;

    /// <summary>For looking up the name, connecting and the TLS handshake together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>For the whole answer to one request; a page of a search is one request.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The server as its URI, without a default port.</summary>
    public string Server
    {
        get
        {
            var scheme = Security == LdapSecurity.Ldaps ? "ldaps" : "ldap";
            var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
            return Port == (Security == LdapSecurity.Ldaps ? TlsPort : PlainPort) ? $"{scheme}://{host}" : $"{scheme}://{host}:{Port}";
        }
    }
}
