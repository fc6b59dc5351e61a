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
