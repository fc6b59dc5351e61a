namespace XoBlazor.App.Accounts;

/// <summary>Where to go after signing in: only ever a path of this server.</summary>
internal static class ReturnAddress
{
    private const string Home = "/";

    /// <summary>The path asked for, or the home page when it could lead a browser anywhere else.</summary>
    public static string Safe(string? asked) => IsOurs(asked) ? asked! : Home;

    // Browsers read "//host" and "/\host" as another server, and drop tabs and line breaks before they look.
    private static bool IsOurs(string? asked) => asked is ['/', ..]
        && asked is not ['/', '/', ..]
        && !asked.Contains('\\')
        && !asked.Any(char.IsControl);
}
