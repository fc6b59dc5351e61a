namespace XoBlazor.Core.Operations;

/// <summary>Where an operation stands in a menu; the groups in the order they are shown, the dangerous last.</summary>
public enum OperationGroup
{
    /// <summary>What runs: power, plugging, tasks.</summary>
    Run,

    /// <summary>What it is called and how it is made.</summary>
    Change,

    /// <summary>Something new beside it or inside it.</summary>
    Make,

    /// <summary>To another host or storage.</summary>
    Move,

    /// <summary>Taken away for good.</summary>
    Delete,
}
