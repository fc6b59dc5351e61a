using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>What a failure means for a pool: in words, and what still works.</summary>
internal sealed record PoolProblem(string Text)
{
    /// <summary>Only an administrator can help; trying again costs nothing, though, and may find that someone did.</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>The host said no to our name and password.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>The line failed, the session may still be good.</summary>
    public bool SessionMayLive { get; init; }

    /// <summary>The host is there, so that a log-out reaches it.</summary>
    public bool HostAnswers { get; init; }

    /// <summary>A fault of ours.</summary>
    public bool IsUnexpected { get; init; }

    public PresentedCertificate? Certificate { get; init; }

    public static PoolProblem Of(Exception failure, PoolSettings settings) => failure switch
    {
        XapiFailureException { Code: "SESSION_AUTHENTICATION_FAILED" } => new(
            $"The pool refuses the user '{settings.User}' with this password. Edit the pool and enter credentials that work on its hosts.")
        { NeedsAttention = true, IsRefusal = true },
        XapiFailureException { Code: "HOST_STILL_BOOTING" or "HOST_HAS_NO_MANAGEMENT_IP" } e => new(e.Message) { HostAnswers = true },
        XapiFailureException e => new($"The pool refused what we need to follow it: {e.Message.TrimEnd('.')}.") { HostAnswers = true },
        UnacceptedCertificateException e => new(e.Message) { NeedsAttention = true, Certificate = e.Certificate },
        XapiUnreachableException { Presented: null } e => new(e.Message)
        {
            SessionMayLive = true,
            HostAnswers = e.Reason is UnreachableReason.BadAnswer or UnreachableReason.HttpError,
        },
        XapiSessionLostException e => new(e.Message) { SessionMayLive = true, HostAnswers = true },
        XapiException or PoolSilentException => new(failure.Message),
        PoolProblemException e => new(e.Message) { NeedsAttention = true, HostAnswers = true },
        _ => new("Following the pool failed because of a fault in this server; the log has the details. It is tried again.") { IsUnexpected = true },
    };
}
