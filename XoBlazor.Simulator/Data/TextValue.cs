namespace XoBlazor.Simulator.Data;

internal sealed class TextValue(string text) : XapiValue
{
    public string Text { get; } = text;

    public override bool Equals(XapiValue? other) => other is TextValue value && value.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
