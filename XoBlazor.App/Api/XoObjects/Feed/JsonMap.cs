using System.Buffers;
using System.Text.Json;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>A JSON object in the making, to be put into a larger one. For one thread.</summary>
internal sealed class JsonMap : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);
    private readonly Utf8JsonWriter _json;

    public JsonMap()
    {
        _json = new(_bytes, XoShape.Options);
        _json.WriteStartObject();
    }

    public bool IsEmpty { get; private set; } = true;

    public long Size => IsEmpty ? 0 : _bytes.WrittenCount + _json.BytesPending;

    /// <summary>Where to write the value of a name, exactly one.</summary>
    public Utf8JsonWriter Add(string name)
    {
        IsEmpty = false;
        _json.WritePropertyName(name);
        return _json;
    }

    /// <summary>Writes what was gathered as the value of a name, and begins anew.</summary>
    public void MoveTo(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        _json.WriteEndObject();
        _json.Flush();
        json.WritePropertyName(name);
        json.WriteRawValue(_bytes.WrittenSpan, skipInputValidation: true);
        _bytes.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        IsEmpty = true;
    }

    public void Dispose() => _json.Dispose();
}
