namespace XoBlazor.Plugins;

/// <summary>A column of a table.</summary>
/// <param name="Kind">What its values are.</param>
public sealed record PanelColumn(string Title, PanelValueKind Kind = PanelValueKind.Text);
