namespace XoBlazor.Core.Xapi.Wire;

/// <summary>The answer is HTTP but not what was asked for: a wrong status, or a body that does not begin as the protocol says.</summary>
internal sealed class NotJsonException(int status, string excerpt) : Exception(excerpt)
{
    public int Status { get; } = status;

    public string Excerpt { get; } = excerpt;
}
