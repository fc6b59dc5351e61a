using System.Globalization;
using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi;

/// <summary>One argument of a call, in the types XAPI knows. Made from C# values by conversion; references by <see cref="Ref{T}"/>.</summary>
public abstract record XapiValue
{
    private XapiValue()
    {
    }

    public static implicit operator XapiValue(string value) => new Text(value);
    public static implicit operator XapiValue(long value) => new Integer(value);
    public static implicit operator XapiValue(double value) => new Float(value);
    public static implicit operator XapiValue(bool value) => new Truth(value);
    public static implicit operator XapiValue(DateTimeOffset value) => new Time(value);
    public static implicit operator XapiValue(string[] values) => Set(values.Select(v => (XapiValue)v));
    public static implicit operator XapiValue(Dictionary<string, string> map) => Map(map.Select(e => KeyValuePair.Create(e.Key, (XapiValue)e.Value)));
    public static implicit operator XapiValue(Dictionary<string, XapiValue> record) => Map(record);

    public static XapiValue Ref<T>(XenRef<T> reference) where T : XapiObject => new Text(reference.ToString());

    public static XapiValue Refs<T>(IEnumerable<XenRef<T>> references) where T : XapiObject => Set(references.Select(Ref));

    public static XapiValue Set(IEnumerable<XapiValue> items) => new Items([.. items]);

    /// <summary>A map, or the record a constructor takes.</summary>
    public static XapiValue Map(IEnumerable<KeyValuePair<string, XapiValue>> entries) => new Entries([.. entries]);

    internal sealed record Text(string Value) : XapiValue;

    internal sealed record Integer(long Value) : XapiValue;

    internal sealed record Float(double Value) : XapiValue;

    internal sealed record Truth(bool Value) : XapiValue;

    internal sealed record Time(DateTimeOffset Value) : XapiValue
    {
        public string Wire => Value.UtcDateTime.ToString("yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    internal sealed record Items(XapiValue[] Values) : XapiValue;

    internal sealed record Entries(KeyValuePair<string, XapiValue>[] Values) : XapiValue;
}

/// <summary>Reads the result of a call; the reader stands on the value's first token and the callee moves it to its last.</summary>
public delegate T XapiResultReader<out T>(ref Utf8JsonReader reader);
