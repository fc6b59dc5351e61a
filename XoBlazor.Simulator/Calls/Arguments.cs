using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Calls;

/// <summary>
/// Makes typed values of what a client sent. What does not fit fails as in xapi: an INTERNAL_ERROR with the text of the OCaml
/// exception, which clients have learnt to read.
/// </summary>
internal static class Arguments
{
    public static XapiValue Convert(XapiValue sent, XapiType type, Schema schema) => type.Kind switch
    {
        TypeKind.Text or TypeKind.Ref => Text(sent),
        TypeKind.Date => new DateValue(Text(sent)),
        TypeKind.Int => Int(sent),
        TypeKind.Float => Float(sent),
        TypeKind.Bool => sent is BoolValue ? sent : throw Mismatch("bool", sent),
        TypeKind.Enum => schema.Datamodel.Enums[type.Name].FirstOrDefault(v => v.Equals(Text(sent), StringComparison.OrdinalIgnoreCase))
            ?? throw XapiException.Internal("Failure(\"Unknown tag/contents\")"),
        TypeKind.Set => sent is SetValue set
            ? new SetValue([.. set.Items.Select(item => Convert(item, type.Item!, schema))]) : throw Unexpected("Enum", sent),
        TypeKind.Option => sent is SetValue ? sent : new SetValue([Convert(sent, type.Item!, schema)]),
        TypeKind.Map => sent is MapValue map ? Map(map, type, schema) : throw Unexpected("Dict", sent),
        TypeKind.Record => sent is MapValue fields ? Record(fields, type.Name, schema) : throw Unexpected("Dict", sent),
        TypeKind.Void or TypeKind.EventBatch => sent,
    };

    private static string Text(XapiValue sent) => sent is TextValue or DateValue ? sent.AsText : throw Mismatch("string", sent);

    private static XapiValue Int(XapiValue sent) => sent switch
    {
        IntValue => sent,
        TextValue { Text: var text } => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw XapiException.Internal("Failure(\"Int64.of_string\")"),
        _ => throw Mismatch("int64", sent),
    };

    private static XapiValue Float(XapiValue sent) => sent switch
    {
        FloatValue => sent,
        IntValue number => (double)number.Number,
        TextValue { Text: var text } => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : throw XapiException.Internal("Failure(\"float_of_string\")"),
        _ => throw Mismatch("float", sent),
    };

    private static MapValue Map(MapValue sent, XapiType type, Schema schema) =>
        new([.. sent.Entries.Select(e => KeyValuePair.Create(e.Key, Convert(e.Value, type.Item!, schema)))]);

    /// <summary>The fields a client may set when it makes an object, defaults filled in.</summary>
    private static MapValue Record(MapValue sent, string className, Schema schema)
    {
        var fields = ImmutableArray.CreateBuilder<KeyValuePair<string, XapiValue>>();
        foreach (var field in schema[className].Fields.Where(f => f.Fact.Qualifier != Qualifier.Runtime && !f.Fact.IsInternal))
        {
            var value = sent[field.Fact.Name] is { } given ? Convert(given, field.Fact.Type, schema)
                : field.Fact.Default is not null ? field.Default
                : throw XapiException.Internal($"Server_helpers.Dispatcher_FieldNotFound(\"{field.Fact.Name}\")");
            fields.Add(KeyValuePair.Create(field.Fact.Name, value));
        }

        return new(fields.ToImmutable());
    }

    private static XapiException Mismatch(string expected, XapiValue sent) =>
        XapiException.Internal($"Failure(\"Expected {expected}, got '{Describe(sent)}'\")");

    private static XapiException Unexpected(string expected, XapiValue sent) =>
        XapiException.Internal($"Failure(\"Expecting Rpc.{expected}, but found '{Describe(sent)}'\")");

    /// <summary>A value as xapi's RPC library prints it: <c>S(text)</c>, <c>I(5)</c>, <c>[a;b]</c>.</summary>
    public static string Describe(XapiValue value) => value switch
    {
        TextValue text => $"S({text.Text})",
        DateValue date => $"D({date.Text})",
        IntValue number => $"I({number})",
        FloatValue number => $"F({OcamlFloat(number.Number)})",
        BoolValue flag => $"B({flag})",
        SetValue set => $"[{string.Join(';', set.Items.Select(Describe))}]",
        MapValue map => $"{{{string.Join(';', map.Entries.Select(e => $"{e.Key}:{Describe(e.Value)}"))}}}",
        _ => "N",
    };

    /// <summary>As C's <c>%g</c>: six significant digits.</summary>
    private static string OcamlFloat(double number)
    {
        if (number == 0)
            return "0";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(number)));
        if (exponent is >= -4 and < 6)
            return number.ToString($"0.{new string('#', 5 - exponent)}", CultureInfo.InvariantCulture);
        var mantissa = (number / Math.Pow(10, exponent)).ToString("0.#####", CultureInfo.InvariantCulture);
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }
}
