namespace XoBlazor.Core.Consoles;

/// <summary>A host does not open a console now.</summary>
/// <param name="text">For people.</param>
/// <param name="veiled">The same for those who may not see the host; null where the text does not name it.</param>
internal sealed class ConsoleDialException(string code, string text, string? veiled = null) : Exception(text)
{
    public string Code => code;

    public string Veiled { get; } = veiled ?? text;
}
