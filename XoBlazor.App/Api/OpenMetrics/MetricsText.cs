using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>
/// Writes the text that Prometheus reads: OpenMetrics 1.0, or the older text format 0.0.4, which differs in the names of counters and says no units. Texts of others are
/// escaped and cut. For one writer; what is not flushed stays in the pipe.
/// </summary>
internal sealed class MetricsText(PipeWriter output, bool isOpenMetrics)
{
    private const int LongestLabel = 256;
    private const int Piece = 64 * 1024;

    private byte[] _name = [];

    /// <summary>A piece has come together that is worth sending.</summary>
    public bool IsFull => output.UnflushedBytes >= Piece;

    /// <summary>Labels as they stand between the braces.</summary>
    public static byte[] Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (text.Length > 0)
                text.Append(',');
            Append(text, name, value);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Begins a family: its samples follow, and those of no other.</summary>
    public void Begin(string name, string unit, string help, bool isCounter)
    {
        _name = Encoding.UTF8.GetBytes(isCounter ? name + "_total" : name);
        var family = isCounter && !isOpenMetrics ? name + "_total" : name;
        Write($"# HELP {family} {help}\n# TYPE {family} {(isCounter ? "counter" : "gauge")}\n");
        if (isOpenMetrics && unit.Length > 0)
            Write($"# UNIT {family} {unit}\n");
    }

    public void Sample(ReadOnlySpan<byte> labels, double value)
    {
        output.Write(_name);
        if (labels.Length > 0)
        {
            output.Write("{"u8);
            output.Write(labels);
            output.Write("}"u8);
        }

        End(value);
    }

    /// <summary>The same with a label more.</summary>
    public void Sample(ReadOnlySpan<byte> labels, double value, string label, string named)
    {
        output.Write(_name);
        output.Write("{"u8);
        output.Write(labels);
        var more = new StringBuilder(labels.Length > 0 ? "," : "");
        Append(more, label, named);
        Write(more.Append('}').ToString());
        End(value);
    }

    /// <summary>Nothing follows.</summary>
    public void Finish()
    {
        if (isOpenMetrics)
            output.Write("# EOF\n"u8);
    }

    public ValueTask<FlushResult> FlushAsync(CancellationToken token) => output.FlushAsync(token);

    private static void Append(StringBuilder text, string name, string value)
    {
        text.Append(name).Append("=\"");
        foreach (var letter in value.AsSpan(0, Math.Min(value.Length, LongestLabel)))
            _ = letter switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(char.IsControl(letter) ? '\uFFFD' : letter),
            };
        text.Append('"');
    }

    private void End(double value)
    {
        Span<byte> number = stackalloc byte[32];
        value.TryFormat(number, out var length, provider: CultureInfo.InvariantCulture);
        output.Write(" "u8);
        output.Write(number[..length]);
        output.Write("\n"u8);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}
