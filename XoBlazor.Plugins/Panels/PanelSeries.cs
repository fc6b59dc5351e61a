namespace XoBlazor.Plugins;

/// <summary>One line, or one colour of bars, of a chart.</summary>
/// <param name="Values">One for each label of the chart; NaN where nothing is known.</param>
public sealed record PanelSeries(string Name, IReadOnlyList<double> Values);
