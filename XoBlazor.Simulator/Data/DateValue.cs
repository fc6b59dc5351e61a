namespace XoBlazor.Simulator.Data;

/// <summary>A date in the XenAPI's spelling, kept as it is written: <c>20261122T13:44:07Z</c>.</summary>
internal sealed class DateValue(string text) : XapiValue
{
    public string Text { get; } = text;

    public override bool Equals(XapiValue? other) => other is DateValue value && value.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
