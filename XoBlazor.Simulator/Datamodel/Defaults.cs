using System.Text.Json;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Datamodel;

/// <summary>The value a field or parameter has when nobody gave one: the datamodel's default, else the type's zero.</summary>
internal static class Defaults
{
    public static XapiValue Of(FieldFact field, XapiDatamodel datamodel) =>
        field.Default is null ? Zero(field.Type, datamodel) : Parse(field.Default, field.Type);

    public static XapiValue Zero(XapiType type, XapiDatamodel datamodel) => type.Kind switch
    {
        TypeKind.Int => 0,
        TypeKind.Float => 0.0,
        TypeKind.Bool => false,
        TypeKind.Date => XapiValue.Never,
        TypeKind.Ref => XapiValue.NullRef,
        TypeKind.Enum => datamodel.Enums[type.Name][0],
        TypeKind.Set or TypeKind.Option => XapiValue.EmptySet,
        TypeKind.Map or TypeKind.Record or TypeKind.EventBatch => XapiValue.EmptyMap,
        TypeKind.Text or TypeKind.Void => XapiValue.EmptyText,
    };

    public static XapiValue Parse(string json, XapiType type)
    {
        using var document = JsonDocument.Parse(json);
        return Parse(document.RootElement, type);
    }

    private static XapiValue Parse(JsonElement json, XapiType type) => type.Kind switch
    {
        TypeKind.Int => json.ValueKind == JsonValueKind.String ? long.Parse(json.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : json.GetInt64(),
        TypeKind.Float => json.GetDouble(),
        TypeKind.Bool => json.GetBoolean(),
        TypeKind.Date => new DateValue(json.GetString()!),
        TypeKind.Set or TypeKind.Option => new SetValue([.. json.EnumerateArray().Select(item => Parse(item, type.Item!))]),
        TypeKind.Map => new MapValue([.. json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Parse(p.Value, type.Item!)))]),
        _ => json.GetString()!,
    };
}
