namespace XoBlazor.Simulator.Calls;

/// <summary>
/// A failure as the XenAPI tells it: a code and its parameters. Thrown by the implementation of a call; the client gets it in
/// the envelope of its protocol, or in the task's <c>error_info</c>.
/// </summary>
internal sealed class XapiException(string code, params string[] parameters) : Exception($"{code} [{string.Join(", ", parameters)}]")
{
    public string Code { get; } = code;

    public IReadOnlyList<string> Parameters { get; } = parameters;

    public static XapiException HandleInvalid(string className, string reference) => new("HANDLE_INVALID", className, reference);

    /// <summary>A failure for which xapi has no code of its own: the text of an OCaml exception.</summary>
    public static XapiException Internal(string text) => new("INTERNAL_ERROR", text);
}
