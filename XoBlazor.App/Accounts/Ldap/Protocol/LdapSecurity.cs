namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>How the bytes to a directory server are protected.</summary>
internal enum LdapSecurity
{
    /// <summary>TLS from the first byte, usually port 636.</summary>
    Ldaps,

    /// <summary>Plain until the StartTLS operation (RFC 4511 §4.14), usually port 389; nothing else is sent before.</summary>
    StartTls,

    /// <summary>Nothing is protected: names and passwords can be read on the way.</summary>
    Plain,
}
