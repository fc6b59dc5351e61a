namespace XoBlazor.Plugins;

/// <summary>A value with its name.</summary>
/// <param name="Value">Null for nothing that is known.</param>
public sealed record PanelFact(string Name, PanelValue? Value);
