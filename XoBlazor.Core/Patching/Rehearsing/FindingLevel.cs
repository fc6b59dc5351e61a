namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>What a finding means for the run.</summary>
public enum FindingLevel
{
    /// <summary>It cannot be begun so.</summary>
    Blocks,

    /// <summary>It can be begun, and somebody should know this.</summary>
    Warns,

    /// <summary>As it should be, or what will be done about it.</summary>
    Tells,
}
