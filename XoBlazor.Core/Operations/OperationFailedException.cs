namespace XoBlazor.Core.Operations;

/// <summary>An operation under way could not go on for a reason that no host told. The message is for people and names only the target and what was given.</summary>
internal sealed class OperationFailedException(string message) : Exception(message);
