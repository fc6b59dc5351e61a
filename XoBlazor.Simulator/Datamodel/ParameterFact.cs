namespace XoBlazor.Simulator.Datamodel;

/// <summary>A parameter of a call; only trailing ones have a <see cref="Default"/> (JSON text).</summary>
internal sealed record ParameterFact(string Name, XapiType Type, string? Default);
