namespace XoBlazor.Core.Patching.Rolling;

/// <summary>The run cannot go on by itself; the message says why, with names, and what to do.</summary>
internal sealed class RollingStopException(string message) : Exception(message);
