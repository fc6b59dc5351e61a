namespace XoBlazor.Core.Xapi;

/// <summary>Why a host could not be talked to.</summary>
public enum UnreachableReason
{
    /// <summary>The name has no address.</summary>
    UnknownHost,

    /// <summary>Nothing listens on the port.</summary>
    Refused,

    /// <summary>There is no way to the address.</summary>
    NoRoute,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>What listens on the port does not speak TLS, or none that we can agree on.</summary>
    NotTls,

    /// <summary>No certificate was accepted for this host yet; <see cref="XapiUnreachableException.Presented"/> is the one to confirm.</summary>
    CertificateUnknown,

    /// <summary>The host shows another certificate than the accepted one.</summary>
    CertificateChanged,

    /// <summary>Something answers, but not XAPI.</summary>
    NotXapi,

    /// <summary>XAPI, or something before it, answered with an HTTP error.</summary>
    HttpError,

    /// <summary>The connection ended in the middle.</summary>
    Interrupted,

    /// <summary>The answer is not what the protocol says, or larger than we take in.</summary>
    BadAnswer,
}

/// <summary>
/// The host is out of reach; nothing is known to work until a later attempt succeeds. A call that failed in this way may or may not
/// have been carried out. The message says what happened and what to do about it.
/// </summary>
public sealed class XapiUnreachableException : XapiException
{
    internal XapiUnreachableException(UnreachableReason reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    public UnreachableReason Reason { get; }

    /// <summary>The certificate the host showed, where it is the certificate that is not accepted.</summary>
    public XapiCertificate? Presented { get; init; }
}
