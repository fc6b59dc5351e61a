using System.Buffers;
using System.Text.Json;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>
/// Xen Orchestra's own notification <c>all</c>: whole objects that came or changed as <c>enter</c>, those that went as <c>exit</c>:
/// <c>{"jsonrpc":"2.0","method":"all","params":{"type":"enter","items":{"id":{…}}}}</c>, <c>{…"exit","items":{"id":0}}</c>.
/// </summary>
internal sealed record AllFormat : XoFeedFormat
{
    public static AllFormat Instance { get; } = new();

    public override XoFrameWriter NewWriter() => new Writer();

    private sealed class Writer : XoFrameWriter
    {
        private readonly JsonMap _enter = new();
        private readonly JsonMap _exit = new();

        protected override long Size => _enter.Size + _exit.Size;

        public override void Add(in XoChange change)
        {
            if (change.New is { } there)
                _enter.Add(change.Id).WriteRawValue(there.Document.Span, skipInputValidation: true);
            else
                _exit.Add(change.Id).WriteNumberValue(0);
        }

        public override void Take(string position, bool isLast, List<ReadOnlyMemory<byte>> into)
        {
            Take("exit"u8, _exit, into);
            Take("enter"u8, _enter, into);
        }

        public override void Dispose()
        {
            _enter.Dispose();
            _exit.Dispose();
        }

        private static void Take(ReadOnlySpan<byte> type, JsonMap items, List<ReadOnlyMemory<byte>> into)
        {
            if (items.IsEmpty)
                return;
            var bytes = new ArrayBufferWriter<byte>((int)items.Size + 128);
            using (var json = new Utf8JsonWriter(bytes, XoShape.Options))
            {
                json.WriteStartObject();
                json.WriteString("jsonrpc"u8, "2.0"u8);
                json.WriteString("method"u8, "all"u8);
                json.WriteStartObject("params"u8);
                json.WriteString("type"u8, type);
                items.MoveTo(json, "items"u8);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            into.Add(bytes.WrittenMemory);
        }
    }
}
