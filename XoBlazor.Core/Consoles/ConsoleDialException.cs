namespace XoBlazor.Core.Consoles;

/// <summary>A host does not open a console now. The message is for people.</summary>
internal sealed class ConsoleDialException((string Code, string Text) why) : Exception(why.Text)
{
    public string Code => why.Code;
}
