using System.Globalization;

namespace XoBlazor.Simulator.Data;

/// <summary>A 32-bit number: XML-RPC types it, unlike all others. Only the reference counts of an event batch are such.</summary>
internal sealed class CountValue(int number) : XapiValue
{
    public int Number { get; } = number;

    public override bool Equals(XapiValue? other) => other is CountValue value && value.Number == Number;

    public override int GetHashCode() => Number;

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
