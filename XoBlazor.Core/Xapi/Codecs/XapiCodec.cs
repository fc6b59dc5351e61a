using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>
/// Reads and writes one class's records in XAPI's JSON, field by field, and compares two states of one object.
/// One instance a class, stateless, safe from any thread.
/// </summary>
public abstract partial class XapiCodec
{
    public abstract XapiClass Class { get; }

    /// <summary>The class's name on the wire, in the case that calls use (<c>VM</c>, <c>host</c>, <c>VM_guest_metrics</c>).</summary>
    public abstract string WireName { get; }

    public abstract ImmutableArray<XapiField> Fields { get; }

    /// <summary>
    /// Reads one record; the reader stands on its StartObject and ends on its EndObject. Unknown members are skipped,
    /// missing ones get the type's zero value, and every part that equals <paramref name="old"/>'s is taken from there.
    /// The reader must hold the whole record. Fails with <see cref="JsonException"/> where a value is not of its type.
    /// </summary>
    public abstract XapiObject Read(ref Utf8JsonReader reader, string reference, XapiObject? old, DecodeContext context);

    /// <summary>The fields whose values differ. Both must be of this class.</summary>
    public abstract FieldSet Compare(XapiObject a, XapiObject b);

    /// <summary>Writes one field's value as XAPI would.</summary>
    public abstract void WriteField(Utf8JsonWriter writer, XapiObject value, int field);

    /// <summary>Names every reference the record holds, with the field it stands in; null references are left out.</summary>
    public abstract void VisitReferences(XapiObject value, IReferenceVisitor visitor);

    /// <summary>Writes the whole record as an object with all fields in the datamodel's order.</summary>
    public void Write(Utf8JsonWriter writer, XapiObject value)
    {
        writer.WriteStartObject();
        foreach (var field in Fields)
        {
            writer.WritePropertyName(field.Wire);
            WriteField(writer, value, field.Index);
        }

        writer.WriteEndObject();
    }

    public XapiField? FindField(string wireName)
    {
        foreach (var field in Fields)
            if (field.Wire.Equals(wireName, StringComparison.OrdinalIgnoreCase))
                return field;
        return null;
    }

    public static XapiCodec For(XapiClass type) => All[(int)type];

    /// <summary>Finds a class by its wire name in any case: events spell classes in lower case, calls do not.</summary>
    public static XapiCodec? Find(string wireName) => s_byName.GetValueOrDefault(wireName);

}
