namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Why a directory server could not be talked to.</summary>
internal enum LdapUnreachableReason
{
    /// <summary>The name has no address.</summary>
    NameNotFound,

    /// <summary>Nothing listens on the port.</summary>
    Refused,

    /// <summary>There is no way to the address.</summary>
    NoRoute,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>What listens does not speak TLS, or none that both sides know.</summary>
    NotTls,

    /// <summary>The server refuses StartTLS.</summary>
    StartTlsRefused,

    /// <summary>Plain bytes came between the answer to StartTLS and the handshake: somebody on the way tries to slip in words of his own.</summary>
    BytesBeforeTls,

    /// <summary>The certificate leads to no trusted authority.</summary>
    CertificateUntrusted,

    /// <summary>The certificate is past its end or before its beginning.</summary>
    CertificateExpired,

    /// <summary>The certificate is for another name.</summary>
    CertificateNameMismatch,

    /// <summary>The connection ended in the middle.</summary>
    Interrupted,

    /// <summary>The answer is not LDAP, or not what the protocol says.</summary>
    BadAnswer,

    /// <summary>The answer is larger than we take in.</summary>
    TooLarge,
}

/// <summary>A directory server cannot be talked to, or no longer; its connection is closed.</summary>
internal sealed class LdapUnreachableException(
    LdapTarget target, LdapStage stage, LdapUnreachableReason reason, string message, Exception? inner = null)
    : LdapException(target, stage, message, inner)
{
    public LdapUnreachableReason Reason { get; } = reason;

    /// <summary>The certificate that was shown, where it is the certificate that is refused.</summary>
    public LdapCertificate? Certificate { get; init; }

    public override bool MayAnotherServerHelp => true;
}
