namespace XoBlazor.Core.Operations;

/// <summary>What a user is asked before an operation runs.</summary>
public enum Confirmation
{
    None,

    /// <summary>A plain question that says what will happen.</summary>
    Ask,

    /// <summary>There is no way back: the object's name is typed, or the number of objects.</summary>
    TypeName,
}
