using System.Buffers;
using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Events;

/// <summary>The answer of <c>event.from</c>.</summary>
internal sealed class EventBatch(IReadOnlyList<XapiEvent> events, IReadOnlyList<(ClassSchema Class, int Count)> counts, string token) : StreamedValue
{
    private byte[]? _tail;

    public override int Count => events.Count + 1;

    public IReadOnlyList<XapiEvent> Events => events;

    public string Token => token;

    public override long JsonLength => EventText.BatchHead.Length + events.Sum(EventText.Length) + Math.Max(0, events.Count - 1) + Tail.Length;

    private byte[] Tail => _tail ??= Encoding.UTF8.GetBytes(
        $$"""],"valid_ref_counts":{{{string.Join(',', counts.Select(c => $"\"{c.Class.EventName}\":{c.Count}"))}}},"token":"{{token}}"}""");

    public override void WriteJson(IBufferWriter<byte> output, int piece)
    {
        if (piece == 0)
            output.Write(EventText.BatchHead);
        else if (piece < events.Count)
            output.Write(","u8);
        if (piece < events.Count)
            EventText.Write(output, events[piece]);
        else
            output.Write(Tail);
    }

    public override XapiValue ToValue() => MapOf(
        ("events", EventText.ToValue(events)),
        ("valid_ref_counts", MapOf(counts.Select(c => (c.Class.EventName, (XapiValue)new CountValue(c.Count))))),
        ("token", token));
}
