using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>A record inside a record (a probe's space figures).</summary>
internal readonly struct RecordWire<T> : IWire<T?> where T : XapiObject, new()
{
    private static readonly XapiCodec s_codec = XapiCodec.For(new T().Class);

    public static T? Read(ref WireReader reader, T? old, DecodeContext context)
    {
        if (reader.Peek() != WireKind.Null)
            return (T)s_codec.Read(ref reader, "", old, context);
        reader.Scalar();
        return null;
    }

    public static void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            s_codec.Write(writer, value);
    }

    public static bool Same(T? a, T? b) => ReferenceEquals(a, b) || (a is not null && b is not null && s_codec.Compare(a, b).IsEmpty);

    public static void Visit(T? value, int field, IReferenceVisitor visitor)
    {
        if (value is not null)
            s_codec.VisitReferences(value, visitor);
    }
}
