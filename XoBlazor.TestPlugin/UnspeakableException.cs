namespace XoBlazor.TestPlugin;

/// <summary>Does not even say what it is.</summary>
public sealed class UnspeakableException : Exception
{
    public override string Message => throw new InvalidOperationException("no words");
}
