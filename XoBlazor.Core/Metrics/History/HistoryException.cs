namespace XoBlazor.Core.Metrics.History;

/// <summary>The history of figures cannot be read or written now. The message is for people and says what to do.</summary>
public sealed class HistoryException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The file is to be set aside and begun anew.</summary>
    public bool IsDamage { get; init; }
}
