namespace XoBlazor.Simulator.Data;

internal sealed class BoolValue : XapiValue
{
    private static readonly BoolValue s_true = new(true);
    private static readonly BoolValue s_false = new(false);

    private BoolValue(bool flag) => Flag = flag;

    public bool Flag { get; }

    public static BoolValue Of(bool flag) => flag ? s_true : s_false;

    public override bool Equals(XapiValue? other) => other is BoolValue value && value.Flag == Flag;

    public override int GetHashCode() => Flag.GetHashCode();

    public override string ToString() => Flag ? "true" : "false";
}
