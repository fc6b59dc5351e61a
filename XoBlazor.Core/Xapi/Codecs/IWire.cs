using System.Text.Json;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>How values of one datamodel type stand in JSON. Composed by the generated codecs: a map of text to references is <c>MapWire&lt;string, TextWire, XenRef&lt;Blob&gt;, RefWire&lt;Blob&gt;&gt;</c>.</summary>
internal interface IWire<T>
{
    /// <summary>Reads the next value; returns <paramref name="old"/> itself when the value equals it.</summary>
    static abstract T Read(ref WireReader reader, T old, DecodeContext context);

    static abstract void Write(Utf8JsonWriter writer, T value);

    static abstract bool Same(T a, T b);

    static abstract void Visit(T value, int field, IReferenceVisitor visitor);
}

/// <summary>A type that may be the key of a map, where it stands as a property name.</summary>
internal interface IWireKey<T> : IWire<T>
{
    /// <summary>Reads the name of the member the reader was moved to; returns <paramref name="old"/> itself when the name equals it.</summary>
    static abstract T ReadKey(ref WireReader reader, T? old, DecodeContext context);

    static abstract string KeyText(T key);
}
