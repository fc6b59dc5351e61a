namespace XoBlazor.Core.Xapi;

/// <summary>
/// The session is gone: the toolstack restarted, the coordinator changed, or it was logged out. Log in again, and where events
/// were followed read everything anew, for what happened between is not told. Ordinary calls have already logged in again once.
/// </summary>
public sealed class XapiSessionLostException() : XapiException("The pool no longer knows our session; its toolstack was probably restarted. Logging in again.");
