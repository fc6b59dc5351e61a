namespace XoBlazor.Simulator.Data;

/// <summary>JSON's null and XML-RPC's nil: only ever comes in from a client.</summary>
internal sealed class NullValue : XapiValue
{
    public static NullValue Instance { get; } = new();

    public override bool Equals(XapiValue? other) => other is NullValue;

    public override int GetHashCode() => 0;

    public override string ToString() => "null";
}
