using System.Buffers;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Fields that change. What changed while nobody looked is not told.</summary>
internal sealed class FieldWatcher(NotificationTrigger.FieldChanges trigger) : StoreWatcher(trigger.Class, trigger.Filter)
{
    private const int LongestValue = 200;

    private readonly XapiCodec _codec = XapiCodec.For(trigger.Class);
    private readonly XapiField[] _fields = [.. trigger.Fields.Select(name => XapiCodec.For(trigger.Class).FindField(name)).OfType<XapiField>()];

    protected override void LookAtAll(WatchScene scene, PoolPicture pool, bool isFirst, IncidentBook book)
    {
    }

    protected override void Take(WatchScene scene, PoolPicture pool, ObjectChange change, IncidentBook book)
    {
        if (change is not { Before: { } before, After: { } after } || _fields.Where(field => change.Fields.Contains(field.Index)).ToList() is not { Count: > 0 } changed || !Matches(pool, after))
            return;
        var names = string.Join(", ", changed.Select(field => field.Wire));
        book.Happened(
            $"{Subject(pool.Uuid, after)} {names} {scene.Now.UtcTicks}",
            Subject(pool.Uuid, after),
            Finding.Of(pool, after, $"{pool.NameOf(after)}: {names} changed", string.Join('\n', changed.Select(field => $"{field.Wire}: {Text(pool, before, field)} → {Text(pool, after, field)}"))));
    }

    // Maps hold what people and guests put there, passwords among it: what they are is not told.
    private string Text(PoolPicture pool, XapiObject value, XapiField field)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer))
            _codec.WriteField(writer, value, field.Index);
        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        var text = json.RootElement.ValueKind switch
        {
            JsonValueKind.Object => AuditRecord.Masked,
            JsonValueKind.String => json.RootElement.GetString() is { Length: > 0 } words ? pool.Get(words) is { } named ? pool.NameOf(named) : words : "nothing",
            _ => Encoding.UTF8.GetString(buffer.WrittenSpan),
        };
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }
}
