using System.Globalization;

namespace XoBlazor.Simulator.Data;

internal sealed class IntValue(long number) : XapiValue
{
    private static readonly IntValue[] s_small = [.. Enumerable.Range(-1, 258).Select(n => new IntValue(n))];

    public long Number { get; } = number;

    public static IntValue Of(long number) => number is >= -1 and <= 256 ? s_small[number + 1] : new(number);

    public override bool Equals(XapiValue? other) => other is IntValue value && value.Number == Number;

    public override int GetHashCode() => Number.GetHashCode();

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
