namespace XoBlazor.Simulator.Datamodel;

/// <summary>Both ends of a relation. <see cref="From"/> holds the reference, or both ends hold sets.</summary>
internal sealed record RelationFact(string FromClass, string FromField, string ToClass, string ToField);
