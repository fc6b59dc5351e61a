namespace XoBlazor.Core.Pools;

/// <summary>Only an administrator can put this right. The message says what it is and what to do.</summary>
internal sealed class PoolProblemException : Exception
{
    public PoolProblemException(string message) : base(message) { }

    public PoolProblemException(string message, Exception inner) : base(message, inner) { }
}
