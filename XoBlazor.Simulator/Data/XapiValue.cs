using System.Collections.Immutable;
using System.Globalization;

namespace XoBlazor.Simulator.Data;

/// <summary>
/// One value of the XenAPI. Immutable, compared by content (order counts in sets and maps, as the wire shows it).
/// References and enums are text. Plain C# values convert by themselves: <c>vm["power_state"] = "Running"</c>.
/// </summary>
internal abstract class XapiValue : IEquatable<XapiValue>
{
    public static TextValue EmptyText { get; } = new("");

    public static TextValue NullRef { get; } = new("OpaqueRef:NULL");

    public static SetValue EmptySet { get; } = new([]);

    public static MapValue EmptyMap { get; } = new([]);

    /// <summary>The epoch, which the XenAPI uses for "never".</summary>
    public static DateValue Never { get; } = new("19700101T00:00:00Z");

    /// <summary>Text of a string, enum, reference or date.</summary>
    public string AsText => this switch
    {
        TextValue text => text.Text,
        DateValue date => date.Text,
        _ => throw new InvalidCastException($"a {GetType().Name} has no text"),
    };

    public long AsInt => ((IntValue)this).Number;

    public double AsFloat => ((FloatValue)this).Number;

    public bool AsBool => ((BoolValue)this).Flag;

    public ImmutableArray<XapiValue> AsSet => ((SetValue)this).Items;

    public IEnumerable<string> AsTexts => AsSet.Select(item => item.AsText);

    public MapValue AsMap => (MapValue)this;

    public bool IsNullRef => this is TextValue { Text: var text } && !text.StartsWith("OpaqueRef:", StringComparison.Ordinal) || Equals(NullRef);

    public static implicit operator XapiValue(string text) => text.Length == 0 ? EmptyText : new TextValue(text);

    public static implicit operator XapiValue(long number) => IntValue.Of(number);

    public static implicit operator XapiValue(int number) => IntValue.Of(number);

    public static implicit operator XapiValue(double number) => new FloatValue(number);

    public static implicit operator XapiValue(bool flag) => BoolValue.Of(flag);

    public static implicit operator XapiValue(DateTimeOffset moment) =>
        new DateValue(moment.ToUniversalTime().ToString("yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static SetValue SetOf(params IEnumerable<string> items)
    {
        var values = items.Select(item => (XapiValue)item).ToImmutableArray();
        return values.IsEmpty ? EmptySet : new(values);
    }

    public static MapValue MapOf(params IEnumerable<(string Key, XapiValue Value)> entries) =>
        new([.. entries.Select(e => KeyValuePair.Create(e.Key, e.Value))]);

    public abstract bool Equals(XapiValue? other);

    public override bool Equals(object? obj) => obj is XapiValue value && Equals(value);

    public abstract override int GetHashCode();
}

internal sealed class TextValue(string text) : XapiValue
{
    public string Text { get; } = text;

    public override bool Equals(XapiValue? other) => other is TextValue value && value.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}

/// <summary>A date in the XenAPI's spelling, kept as it is written: <c>20261122T13:44:07Z</c>.</summary>
internal sealed class DateValue(string text) : XapiValue
{
    public string Text { get; } = text;

    public override bool Equals(XapiValue? other) => other is DateValue value && value.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}

internal sealed class IntValue(long number) : XapiValue
{
    private static readonly IntValue[] s_small = [.. Enumerable.Range(-1, 258).Select(n => new IntValue(n))];

    public long Number { get; } = number;

    public static IntValue Of(long number) => number is >= -1 and <= 256 ? s_small[number + 1] : new(number);

    public override bool Equals(XapiValue? other) => other is IntValue value && value.Number == Number;

    public override int GetHashCode() => Number.GetHashCode();

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class FloatValue(double number) : XapiValue
{
    public double Number { get; } = number;

    public override bool Equals(XapiValue? other) => other is FloatValue value && value.Number.Equals(Number);

    public override int GetHashCode() => Number.GetHashCode();

    public override string ToString() => Number.ToString("R", CultureInfo.InvariantCulture);
}

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

/// <summary>A map or a record: named values in a stable order.</summary>
internal sealed class MapValue(ImmutableArray<KeyValuePair<string, XapiValue>> entries) : XapiValue
{
    public ImmutableArray<KeyValuePair<string, XapiValue>> Entries { get; } = entries;

    public XapiValue? this[string key] => IndexOf(key) is >= 0 and var index ? Entries[index].Value : null;

    /// <summary>With the key set: in its old place, or in front when it is new, as xapi adds to maps.</summary>
    public MapValue With(string key, XapiValue value)
    {
        var entry = KeyValuePair.Create(key, value);
        return IndexOf(key) is >= 0 and var index ? new(Entries.SetItem(index, entry)) : new(Entries.Insert(0, entry));
    }

    public MapValue Without(string key) => IndexOf(key) is >= 0 and var index ? new(Entries.RemoveAt(index)) : this;

    public override bool Equals(XapiValue? other) => other is MapValue value && value.Entries.AsSpan().SequenceEqual(Entries.AsSpan());

    public override int GetHashCode() => Entries.Length;

    public override string ToString() => $"{{{string.Join(", ", Entries.Select(e => $"{e.Key}: {e.Value}"))}}}";

    private int IndexOf(string key)
    {
        for (var i = 0; i < Entries.Length; i++)
            if (Entries[i].Key == key)
                return i;
        return -1;
    }
}

/// <summary>A 32-bit number: XML-RPC types it, unlike all others. Only the reference counts of an event batch are such.</summary>
internal sealed class CountValue(int number) : XapiValue
{
    public int Number { get; } = number;

    public override bool Equals(XapiValue? other) => other is CountValue value && value.Number == Number;

    public override int GetHashCode() => Number;

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>JSON's null and XML-RPC's nil: only ever comes in from a client.</summary>
internal sealed class NullValue : XapiValue
{
    public static NullValue Instance { get; } = new();

    public override bool Equals(XapiValue? other) => other is NullValue;

    public override int GetHashCode() => 0;

    public override string ToString() => "null";
}
