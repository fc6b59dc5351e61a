namespace XoBlazor.Core.Xapi;

/// <summary>What an event says about its object.</summary>
public enum EventOperation
{
    /// <summary>A word that a newer XAPI has and we do not know.</summary>
    Unrecognised,
    Add,
    Mod,
    Del,
}
