namespace XoBlazor.Simulator.Datamodel;

/// <summary>A class of the XenAPI with the fields and calls that exist in one release, in the datamodel's order.</summary>
internal sealed record ClassFact(
    string Name, Release Introduced, bool IsInDatabase, bool IsPersistent, bool HasEvents, IReadOnlyList<FieldFact> Fields,
    IReadOnlyList<CallFact> Calls);
