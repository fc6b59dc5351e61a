namespace XoBlazor.Core.Pools;

/// <summary>The host no longer knows a task that was being followed; whether its work was done cannot be told from here.</summary>
internal sealed class TaskLostException() : Exception("The host lost the task, probably because its toolstack restarted.");
