namespace XoBlazor.Core.Operations;

/// <summary>The operation was not begun and no host was called: no right, not possible now, or bad arguments. The message is for people.</summary>
public sealed class OperationRefusedException(string message) : Exception(message);
