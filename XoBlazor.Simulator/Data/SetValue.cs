using System.Collections.Immutable;

namespace XoBlazor.Simulator.Data;

internal sealed class SetValue(ImmutableArray<XapiValue> items) : XapiValue
{
    public ImmutableArray<XapiValue> Items { get; } = items;

    /// <summary>With <paramref name="item"/> in front, as xapi adds to sets; the same set when it is there already.</summary>
    public SetValue With(XapiValue item) => Items.Contains(item) ? this : new(Items.Insert(0, item));

    public SetValue Without(XapiValue item) => Items.Contains(item) ? new(Items.Remove(item)) : this;

    public override bool Equals(XapiValue? other) => other is SetValue value && value.Items.AsSpan().SequenceEqual(Items.AsSpan());

    public override int GetHashCode() => Items.Length;

    public override string ToString() => $"[{string.Join(", ", Items)}]";
}
