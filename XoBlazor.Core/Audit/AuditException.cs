namespace XoBlazor.Core.Audit;

/// <summary>The audit cannot be written: the act it was to tell of must not be done. The message names the file and the next step.</summary>
public sealed class AuditException(string message, Exception? inner = null) : Exception(message, inner);
