using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace XoBlazor.Core.Plugins.Wire;

/// <summary>The messages of a plugin: JSON objects, one a line, in UTF-8. At most a message's bytes are kept. One reader at a time.</summary>
internal sealed class MessageReader(Stream from, int mostBytes)
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private readonly PipeReader _pipe = PipeReader.Create(from, new(leaveOpen: true));

    /// <summary>The next message; null at the end. Fails with <see cref="PluginBrokenException"/> for what is none.</summary>
    public async ValueTask<JsonDocument?> NextAsync(CancellationToken token)
    {
        while (true)
        {
            var read = await _pipe.ReadAsync(token).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                var message = line.Length > mostBytes ? throw TooLong() : Parse(line);
                _pipe.AdvanceTo(buffer.GetPosition(1, end));
                if (message is not null)
                    return message;
                continue;
            }

            if (buffer.Length > mostBytes)
                throw TooLong();
            if (read.IsCompleted)
                return null;
            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private PluginBrokenException TooLong() => new($"sent a message of more than {mostBytes} bytes.");

    // An empty line is nothing; it is what a careless print adds.
    private static JsonDocument? Parse(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        if (bytes.AsSpan().Trim(" \t\r"u8).IsEmpty)
            return null;
        try
        {
            var message = JsonDocument.Parse(bytes, s_options);
            // Halves of letters hide in escapes until a text is read.
            _ = JsonSerializer.Serialize(message.RootElement);
            return message.RootElement.ValueKind == JsonValueKind.Object ? message : throw new JsonException();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new PluginBrokenException("wrote a line to its standard output that is no JSON-RPC message. Messages for people go to its standard error.");
        }
    }
}
