using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>What a method answers: nothing (which the wire tells as <c>true</c>), a value, something that writes itself, or a stream of bytes too many to be made at once.</summary>
internal readonly struct ApiResult
{
    private readonly object? _value;

    private ApiResult(object? value) => _value = value;

    /// <summary>Nothing to say: clients read booleans here.</summary>
    public static ApiResult Done => default;

    public static ApiResult Null { get; } = new(NullValue.Instance);

    /// <summary>The answer as a stream; null when it is none.</summary>
    public IApiStream? Stream => _value as IApiStream;

    public static implicit operator ApiResult(string value) => new(value);

    public static implicit operator ApiResult(bool value) => value ? Done : new(false);

    public static implicit operator ApiResult(JsonNode value) => new(value);

    public static ApiResult Of(Action<Utf8JsonWriter> write) => new(write);

    public static ApiResult Of(IApiStream stream) => new(stream);

    /// <summary>The answer as a value of its own, for whoever makes something else of it.</summary>
    public JsonElement ToElement()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            WriteTo(writer);
        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (_value)
        {
            case null:
                writer.WriteBooleanValue(true);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonNode node:
                node.WriteTo(writer);
                break;
            case Action<Utf8JsonWriter> write:
                write(writer);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case NullValue:
                writer.WriteNullValue();
                break;
            default:
                throw new InvalidOperationException("a stream is written by the face");
        }
    }

    private sealed class NullValue
    {
        public static NullValue Instance { get; } = new();
    }
}

/// <summary>An answer of any size, one JSON value, written as it is made.</summary>
internal interface IApiStream
{
    /// <summary>Writes the value and flushes now and then, which waits for a slow reader. What fails here breaks the connection: whatever may be refused has to be refused before.</summary>
    ValueTask WriteAsync(PipeWriter output, CancellationToken token);
}
