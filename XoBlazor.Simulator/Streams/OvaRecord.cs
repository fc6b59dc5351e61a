using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Streams;

/// <summary>An object of an export: its class, its id in the file, and the record it had.</summary>
internal sealed record OvaRecord(string Class, string Id, MapValue Record)
{
    public string Text(string field) => Record[field]?.ToString() ?? "";

    public bool Bool(string field) => Record[field] is BoolValue { Flag: true };

    public long Int(string field) => long.TryParse(Text(field), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    public IEnumerable<string> Texts(string field) => Record[field] is SetValue set ? set.Items.Select(item => item.ToString()!) : [];

    /// <summary>
    /// The fields that a new row takes over: those that this pool's class has, but for references, which mean nothing here, its identity and what only a
    /// living object has.
    /// </summary>
    /// <exception cref="XapiException">A value is not of its field's type.</exception>
    public IEnumerable<(string Field, XapiValue Value)> Fields(Schema schema)
    {
        foreach (var field in schema[Class].Fields)
        {
            if (field.IsMaintained || field.Fact.IsInternal || Refers(field.Fact.Type) || field.Fact.Name is "uuid" or "allowed_operations" or "current_operations") continue;
            if (Record[field.Fact.Name] is { } value) yield return (field.Fact.Name, Arguments.Convert(value, field.Fact.Type, schema));
        }
    }

    private static bool Refers(XapiType type) => type.Kind == TypeKind.Ref || type.Item?.Kind == TypeKind.Ref || type.Key?.Kind == TypeKind.Ref;
}
