using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>Turns records into stored fields. Belongs to one thread; its buffer is used again and again.</summary>
internal sealed class StateEncoder : IDisposable
{
    private static readonly XapiObject[] s_blanks = [.. XapiCodec.All.Select(Blank)];
    private static readonly int[] s_names = [.. XapiCodec.All.Select(c => (c.FindField("name_label") ?? c.FindField("name"))?.Index ?? -1)];

    private readonly ArrayBufferWriter<byte> _buffer = new(16 << 10);
    private readonly Utf8JsonWriter _writer;

    public StateEncoder() =>
        _writer = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>The fields whose values differ from their types' zero values.</summary>
    public static FieldSet Meaningful(XapiObject value) => XapiCodec.For(value.Class).Compare(s_blanks[(int)value.Class], value);

    /// <summary>The whole state: all meaningful fields and the opaque reference.</summary>
    public ImmutableArray<StoredField> State(XapiObject value)
    {
        var codec = XapiCodec.For(value.Class);
        var set = Meaningful(value);
        Span<int> ends = stackalloc int[set.Count + 1];
        var count = 0;
        _buffer.ResetWrittenCount();
        foreach (var field in set)
        {
            Write(codec, value, field);
            ends[count++] = _buffer.WrittenCount;
        }

        _writer.Reset();
        _writer.WriteStringValue(value.Ref);
        _writer.Flush();
        ends[count] = _buffer.WrittenCount;

        var bytes = _buffer.WrittenSpan.ToArray();
        var fields = ImmutableArray.CreateBuilder<StoredField>(count + 1);
        var start = 0;
        foreach (var field in set)
        {
            fields.Add(new(codec.Fields[field].Wire, bytes.AsMemory(start, ends[fields.Count] - start)));
            start += fields[^1].Json.Length;
        }

        fields.Add(new(FieldNames.Reference, bytes.AsMemory(start)));
        return fields.MoveToImmutable();
    }

    public ImmutableArray<StoredField> Fields(XapiObject value, FieldSet set)
    {
        var codec = XapiCodec.For(value.Class);
        var fields = ImmutableArray.CreateBuilder<StoredField>(set.Count);
        foreach (var field in set)
            fields.Add(new(codec.Fields[field].Wire, Json(codec, value, field)));
        return fields.MoveToImmutable();
    }

    public ImmutableArray<StoredFieldChange> Changes(XapiObject old, XapiObject @new, FieldSet set)
    {
        var codec = XapiCodec.For(@new.Class);
        var isElsewhere = old.Ref != @new.Ref;
        var changes = ImmutableArray.CreateBuilder<StoredFieldChange>(set.Count + (isElsewhere ? 1 : 0));
        foreach (var field in set)
            changes.Add(new(codec.Fields[field].Wire, Json(codec, old, field), Json(codec, @new, field)));
        if (isElsewhere)
            changes.Add(new(FieldNames.Reference, JsonSerializer.SerializeToUtf8Bytes(old.Ref), JsonSerializer.SerializeToUtf8Bytes(@new.Ref)));
        return changes.MoveToImmutable();
    }

    /// <summary>What people call the object; empty where its class has no such field.</summary>
    public string Name(XapiObject value)
    {
        var field = s_names[(int)value.Class];
        return field < 0 ? "" : Text(Json(XapiCodec.For(value.Class), value, field));
    }

    /// <summary>The same from the values of all fields.</summary>
    public static string NameOf(XapiCodec codec, ReadOnlySpan<ReadOnlyMemory<byte>> values)
    {
        var field = s_names[(int)codec.Class];
        return field < 0 ? "" : Text(values[field]);
    }

    /// <summary>The types' zero values of a class's fields.</summary>
    public static ReadOnlyMemory<byte>[] Zeros(XapiCodec codec)
    {
        using var encoder = new StateEncoder();
        return [.. codec.Fields.Select(f => encoder.Json(codec, s_blanks[(int)codec.Class], f.Index))];
    }

    public void Dispose() => _writer.Dispose();

    private static string Text(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
    }

    private ReadOnlyMemory<byte> Json(XapiCodec codec, XapiObject value, int field)
    {
        _buffer.ResetWrittenCount();
        Write(codec, value, field);
        return _buffer.WrittenSpan.ToArray();
    }

    private void Write(XapiCodec codec, XapiObject value, int field)
    {
        _writer.Reset();
        codec.WriteField(_writer, value, field);
        _writer.Flush();
    }

    private static XapiObject Blank(XapiCodec codec)
    {
        var reader = new Utf8JsonReader("{}"u8);
        reader.Read();
        return codec.Read(ref reader, "", null, new DecodeContext());
    }
}
