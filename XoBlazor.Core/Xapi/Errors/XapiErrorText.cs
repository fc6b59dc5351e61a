namespace XoBlazor.Core.Xapi;

/// <summary>XAPI's failures in a user's words.</summary>
public static class XapiErrorText
{
    /// <summary>One sentence for a code and its parameters.</summary>
    /// <param name="nameOf">Gives the name a user knows an object by, for its reference; null for what is unknown.</param>
    public static string Of(string code, IReadOnlyList<string> parameters, Func<string, string?>? nameOf = null) =>
        parameters.Count == 0 ? code : $"{code}: {string.Join(", ", parameters.Select(p => nameOf?.Invoke(p) ?? p))}";
}
