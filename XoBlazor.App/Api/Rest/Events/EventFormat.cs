using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Feed;

namespace XoBlazor.App.Api.Rest.Events;

/// <summary>
/// Server-sent events of the objects of one type, as XO's REST API sends them: <c>add</c>, <c>update</c> and <c>remove</c> with the fields that were asked for, as they
/// are now or were before they went.
/// </summary>
internal sealed record EventFormat : XoSubscription
{
    private readonly string _text;
    private readonly FrozenSet<string>? _fields;

    /// <param name="type">Xen Orchestra's.</param>
    /// <param name="fields">Null for all.</param>
    public EventFormat(string type, IReadOnlyCollection<string>? fields)
    {
        (Id, _fields) = (type, fields?.ToFrozenSet(StringComparer.Ordinal));
        _text = fields is null ? "*" : string.Join(',', fields.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The type.</summary>
    public override string Id { get; }

    public bool Equals(EventFormat? other) => other is not null && (other.Id, other._text) == (Id, _text);

    public override int GetHashCode() => HashCode.Combine(Id, _text);

    public override XoFrameWriter NewWriter() => new Writer(this);

    private sealed class Writer : XoFrameWriter
    {
        private readonly EventFormat _format;
        private readonly Utf8JsonWriter _json;
        private ArrayBufferWriter<byte> _bytes = new(1024);

        public Writer(EventFormat format) => (_format, _json) = (format, new(_bytes, XoShape.Options));

        protected override long Size => _bytes.WrittenCount;

        public override void Add(in XoChange change)
        {
            using var old = Read(change.Old);
            using var now = Read(change.New);
            if (now is not null && (old is null || IsOther(old.RootElement, now.RootElement)))
                Write(old is null ? "event: add\ndata: "u8 : "event: update\ndata: "u8, now.RootElement);
            else if (now is null && old is not null)
                Write("event: remove\ndata: "u8, old.RootElement);
        }

        public override void Take(string position, bool isLast, List<ReadOnlyMemory<byte>> into)
        {
            if (_bytes.WrittenCount == 0)
                return;
            into.Add(_bytes.WrittenMemory);
            _bytes = new(1024);
        }

        public override void Dispose() => _json.Dispose();

        private JsonDocument? Read(XoState? state) =>
            state is { } there && XoTypes.Of(there.Pool, there.Value) == _format.Id ? JsonDocument.Parse(there.Document) : null;

        private bool IsOther(JsonElement old, JsonElement now) =>
            now.EnumerateObject().Any(p => Has(p) && !(old.TryGetProperty(p.Name, out var before) && JsonElement.DeepEquals(before, p.Value)))
            || old.EnumerateObject().Any(p => Has(p) && !now.TryGetProperty(p.Name, out _));

        private bool Has(JsonProperty property) => _format._fields?.Contains(property.Name) != false;

        private void Write(ReadOnlySpan<byte> head, JsonElement document)
        {
            _bytes.Write(head);
            _json.Reset(_bytes);
            _json.WriteStartObject();
            _json.WriteString("$subscription"u8, _format.Id);
            foreach (var property in document.EnumerateObject())
                if (property.Name != "id" && Has(property))
                    property.WriteTo(_json);
            document.EnumerateObject().First(property => property.Name == "id").WriteTo(_json);
            _json.WriteEndObject();
            _json.Flush();
            _bytes.Write("\n\n"u8);
        }
    }
}
