namespace XoBlazor.Core.Operations;

/// <summary>The operation was not begun and no host was called: no right, not possible now, or bad arguments. The message is for people.</summary>
public sealed class OperationRefusedException(string message, RefusalReason reason = RefusalReason.Impossible, string? about = null) : Exception(message)
{
    /// <summary>For programs.</summary>
    public RefusalReason Reason => reason;

    /// <summary>The object that is not there, or that the right is missing on; null when it is no particular one.</summary>
    public string? About => about;
}

/// <summary>Why an operation was not begun.</summary>
public enum RefusalReason
{
    /// <summary>The object is in no state for it, or it cannot be written down.</summary>
    Impossible,

    /// <summary>The object is not there, or the requester may not view it.</summary>
    NotThere,

    /// <summary>The requester sees the object, and may not do this.</summary>
    NoRight,

    /// <summary>A value is missing, unknown or of the wrong form.</summary>
    BadArguments,

    /// <summary>The pool does not answer.</summary>
    OutOfReach,

    /// <summary>A guard objects, see <see cref="IOperationGuard"/>.</summary>
    Vetoed,
}
