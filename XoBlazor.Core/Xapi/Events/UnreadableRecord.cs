namespace XoBlazor.Core.Xapi;

/// <summary>A record that could not be decoded. The rest of the answer was; the object keeps its last known state.</summary>
/// <param name="Class">The class in the wire's spelling.</param>
/// <param name="Field">The field whose value was not of its type; empty where the record's frame is broken.</param>
/// <param name="Problem">What is wrong with it, without the value.</param>
public sealed record UnreadableRecord(string Class, string Ref, string Field, string Problem);
