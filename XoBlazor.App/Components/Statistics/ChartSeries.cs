using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace XoBlazor.App.Components.Statistics;

/// <summary>One line of a chart.</summary>
/// <param name="Values">The oldest first; NaN where nothing is known.</param>
public sealed record ChartSeries(string Name, ImmutableArray<double> Values)
{
    /// <summary>The last that is known; null when nothing is.</summary>
    public double? Last => Values.Reverse().Select(value => (double?)value).FirstOrDefault(value => !double.IsNaN(value!.Value));

    public IEnumerable<double> Known => Values.Where(value => !double.IsNaN(value));

    /// <summary>The line in a box of <see cref="Chart.Width"/> by <see cref="Chart.Height"/>: what is not known is a gap, and a value between two gaps a dot.</summary>
    public string Path(double top)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        for (var at = 0; at < Values.Length; at++)
        {
            if (double.IsNaN(Values[at]))
            {
                isDrawing = false;
                continue;
            }

            var x = Values.Length > 1 ? (double)at / (Values.Length - 1) * Chart.Width : Chart.Width;
            var y = (1 - Math.Clamp(Values[at] / top, 0, 1)) * Chart.Height;
            path.Append(CultureInfo.InvariantCulture, $"{(isDrawing ? 'L' : 'M')}{x:0.#} {y:0.#}");
            if (!isDrawing && (at + 1 == Values.Length || double.IsNaN(Values[at + 1])))
                path.Append("h0");
            isDrawing = true;
        }

        return path.ToString();
    }
}
