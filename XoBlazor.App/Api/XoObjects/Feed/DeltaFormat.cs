using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XoBlazor.App.Api.XoObjects.Filtering;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>
/// The notification <c>changes</c> of a subscription: of the objects a filter asks for, what came (<c>enter</c>), which properties have another value
/// (<c>update</c>) or none any more (<c>unset</c>), and what went or does not match any more (<c>exit</c>); with the position to resume from, which
/// counts when <c>more</c> is false.
/// </summary>
internal sealed record DeltaFormat : XoSubscription
{
    private readonly XoFilter _filter;
    private readonly FrozenSet<string>? _fields;

    /// <param name="fields">The properties to tell; null for all. <c>id</c> and <c>type</c> always come with an object that enters.</param>
    public DeltaFormat(XoFilter filter, IReadOnlyCollection<string>? fields)
    {
        (_filter, _fields) = (filter, fields?.Append("id").Append("type").ToFrozenSet(StringComparer.Ordinal));
        var text = JsonSerializer.Serialize(new object?[] { filter.GetType().Name, filter.Text, fields?.Order(StringComparer.Ordinal) });
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    /// <summary>Names the subscription; who asks for the same has the same name for it.</summary>
    public override string Id { get; }

    public bool Equals(DeltaFormat? other) => other?.Id == Id;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override XoFrameWriter NewWriter() => new Writer(this);

    private bool Matches(in XoState state, JsonElement document) => _filter.MayMatch(state.Pool, state.Value) && _filter.Matches(state.Pool, state.Value, document);

    private bool Has(JsonProperty property) => _fields?.Contains(property.Name) != false;

    private sealed class Writer(DeltaFormat format) : XoFrameWriter
    {
        private readonly JsonMap _enter = new();
        private readonly JsonMap _update = new();
        private readonly JsonMap _unset = new();
        private readonly JsonMap _exit = new();

        protected override long Size => _enter.Size + _update.Size + _unset.Size + _exit.Size;

        public override void Add(in XoChange change)
        {
            using var old = change.Old is { } before ? JsonDocument.Parse(before.Document) : null;
            using var now = change.New is { } after ? JsonDocument.Parse(after.Document) : null;
            var was = old is not null && format.Matches(change.Old!.Value, old.RootElement);
            var isNow = now is not null && format.Matches(change.New!.Value, now.RootElement);
            if (was && isNow)
                Compare(change.Id, old!.RootElement, now!.RootElement);
            else if (isNow)
                Write(_enter.Add(change.Id), now!.RootElement.EnumerateObject().Where(format.Has));
            else if (was)
                _exit.Add(change.Id).WriteNumberValue(0);
        }

        public override void Take(string position, bool isLast, List<ReadOnlyMemory<byte>> into)
        {
            var bytes = new ArrayBufferWriter<byte>((int)Size + 256);
            using (var json = new Utf8JsonWriter(bytes, XoShape.Options))
            {
                json.WriteStartObject();
                json.WriteString("jsonrpc"u8, "2.0"u8);
                json.WriteString("method"u8, "changes"u8);
                json.WriteStartObject("params"u8);
                json.WriteString("subscription"u8, format.Id);
                json.WriteString("position"u8, position);
                json.WriteBoolean("more"u8, !isLast);
                Move(json, "enter"u8, _enter);
                Move(json, "update"u8, _update);
                Move(json, "unset"u8, _unset);
                Move(json, "exit"u8, _exit);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            into.Add(bytes.WrittenMemory);
        }

        public override void Dispose()
        {
            _enter.Dispose();
            _update.Dispose();
            _unset.Dispose();
            _exit.Dispose();
        }

        private void Compare(string id, JsonElement old, JsonElement now)
        {
            var changed = now.EnumerateObject().Where(p => format.Has(p) && !(old.TryGetProperty(p.Name, out var before) && JsonElement.DeepEquals(before, p.Value))).ToList();
            if (changed.Count > 0)
                Write(_update.Add(id), changed);
            var gone = old.EnumerateObject().Where(p => format.Has(p) && !now.TryGetProperty(p.Name, out _)).Select(p => p.Name).ToList();
            if (gone.Count == 0)
                return;
            var json = _unset.Add(id);
            json.WriteStartArray();
            foreach (var name in gone)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter json, IEnumerable<JsonProperty> properties)
        {
            json.WriteStartObject();
            foreach (var property in properties)
                property.WriteTo(json);
            json.WriteEndObject();
        }

        private static void Move(Utf8JsonWriter json, ReadOnlySpan<byte> name, JsonMap map)
        {
            if (!map.IsEmpty)
                map.MoveTo(json, name);
        }
    }
}
