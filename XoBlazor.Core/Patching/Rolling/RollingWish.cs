namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What somebody wants of a run at the next moment that is safe for it. The names are stored: never rename one.</summary>
public enum RollingWish
{
    None,
    Pause,
    Cancel,
}
