using System.Globalization;

namespace XoBlazor.Simulator.Data;

internal sealed class FloatValue(double number) : XapiValue
{
    public double Number { get; } = number;

    public override bool Equals(XapiValue? other) => other is FloatValue value && value.Number.Equals(Number);

    public override int GetHashCode() => Number.GetHashCode();

    public override string ToString() => Number.ToString("R", CultureInfo.InvariantCulture);
}
