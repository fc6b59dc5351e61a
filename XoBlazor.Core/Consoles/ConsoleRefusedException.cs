namespace XoBlazor.Core.Consoles;

/// <summary>A console is not opened; the message says why and what to do, for people.</summary>
/// <param name="code">For programs: <c>no-right</c>, <c>not-there</c>, <c>too-many</c>, <c>bad-ticket</c>, <c>not-recorded</c>.</param>
public sealed class ConsoleRefusedException(string code, string message) : Exception(message)
{
    public string Code => code;
}
