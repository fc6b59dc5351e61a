using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

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
    /// Reads one record. Unknown members are skipped, missing ones get the type's zero value, and every part that equals
    /// <paramref name="old"/>'s is taken from there. Fails with <see cref="JsonException"/> where a value is not of its type.
    /// </summary>
    /// <param name="json">The whole record in UTF-8, braces included.</param>
    public XapiObject Read(ReadOnlySpan<byte> json, string reference, XapiObject? old, DecodeContext context)
    {
        var reader = new WireReader(json);
        return Read(ref reader, reference, old, context);
    }

    /// <summary>The same from a reader that stands on the record's StartObject and ends on its EndObject. It must read one block of memory that holds the whole record.</summary>
    public XapiObject Read(ref Utf8JsonReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"a record was expected where the host sent {reader.TokenType}");
        if (reader.Position.GetObject() is not null)
            throw new NotSupportedException("A record is read from one block of memory.");
        var start = reader.TokenStartIndex;
        ref var first = ref MemoryMarshal.GetReference(reader.ValueSpan);
        reader.Skip();
        return Read(MemoryMarshal.CreateReadOnlySpan(ref first, (int)(reader.BytesConsumed - start)), reference, old, context);
    }

    internal abstract XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context);

    /// <summary>The wire name of the first field whose value alone cannot be read; empty where the frame itself is broken.</summary>
    internal string FindBroken(ReadOnlySpan<byte> json, DecodeContext context)
    {
        try
        {
            var reader = new WireReader(json);
            reader.OpenObject();
            while (reader.NextMember())
            {
                var start = reader.Position;
                var name = Encoding.UTF8.GetString(reader.Name(out _));
                reader.Skip();
                if (!CanRead([(byte)'{', .. reader.Since(start), (byte)'}'], context))
                    return FindField(name)?.Wire ?? name;
            }
        }
        catch (JsonException)
        {
            // The frame is what is broken.
        }

        return "";
    }

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

    private bool CanRead(ReadOnlySpan<byte> json, DecodeContext context)
    {
        try
        {
            Read(json, "", null, context);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
