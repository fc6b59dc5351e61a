using System.Buffers;
using System.Buffers.Text;
using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Events;

internal enum EventOperation { Add, Mod, Del }

/// <summary>One event: what happened to which object, and its state afterwards unless it is gone.</summary>
internal readonly record struct XapiEvent(
    long Id, ClassSchema Class, EventOperation Operation, string Ref, RowState? Snapshot, string Timestamp = "0.0");

/// <summary>The answer of <c>event.from</c>.</summary>
internal sealed class EventBatch(IReadOnlyList<XapiEvent> events, IReadOnlyList<(ClassSchema Class, int Count)> counts, string token) : StreamedValue
{
    private readonly byte[] _tail = Tail(counts, token);

    public override int Count => events.Count + 1;

    public IReadOnlyList<XapiEvent> Events => events;

    public string Token => token;

    public override long JsonLength => EventText.BatchHead.Length + events.Sum(EventText.Length) + Math.Max(0, events.Count - 1) + _tail.Length;

    public override void WriteJson(IBufferWriter<byte> output, int piece)
    {
        if (piece == 0)
            output.Write(EventText.BatchHead);
        else if (piece < events.Count)
            output.Write(","u8);
        if (piece < events.Count)
            EventText.Write(output, events[piece]);
        else
            output.Write(_tail);
    }

    public override XapiValue ToValue() => MapOf(
        ("events", EventText.ToValue(events)),
        ("valid_ref_counts", MapOf(counts.Select(c => (c.Class.EventName, (XapiValue)new CountValue(c.Count))))),
        ("token", token));

    private static byte[] Tail(IReadOnlyList<(ClassSchema Class, int Count)> counts, string token) => Encoding.UTF8.GetBytes(
        $$"""],"valid_ref_counts":{{{string.Join(',', counts.Select(c => $"\"{c.Class.EventName}\":{c.Count}"))}}},"token":"{{token}}"}""");
}

/// <summary>The answer of the legacy <c>event.next</c>: events and nothing else.</summary>
internal sealed class EventList(IReadOnlyList<XapiEvent> events)
{
    public XapiValue ToValue() => EventText.ToValue(events);
}

/// <summary>An event on the wire.</summary>
internal static class EventText
{
    private static readonly byte[][] s_operations = ["add"u8.ToArray(), "mod"u8.ToArray(), "del"u8.ToArray()];

    public static ReadOnlySpan<byte> BatchHead => """{"events":["""u8;

    private static ReadOnlySpan<byte> IdHead => "{\"id\":\""u8;

    private static ReadOnlySpan<byte> TimestampHead => "\",\"timestamp\":\""u8;

    private static ReadOnlySpan<byte> ClassHead => "\",\"class\":\""u8;

    private static ReadOnlySpan<byte> OperationHead => "\",\"operation\":\""u8;

    private static ReadOnlySpan<byte> RefHead => "\",\"ref\":\""u8;

    private static ReadOnlySpan<byte> SnapshotHead => "\",\"snapshot\":"u8;

    public static long Length(XapiEvent e) => HeadLength(e) + (e.Snapshot is null ? 2 : SnapshotHead.Length + e.Snapshot.Json.Length + 1);

    public static void Write(IBufferWriter<byte> output, XapiEvent e)
    {
        var head = output.GetSpan(HeadLength(e));
        var length = 0;
        Append(head, ref length, IdHead);
        Utf8Formatter.TryFormat(e.Id, head[length..], out var digits);
        length += digits;
        Append(head, ref length, TimestampHead);
        length += Encoding.UTF8.GetBytes(e.Timestamp, head[length..]);
        Append(head, ref length, ClassHead);
        Append(head, ref length, e.Class.Utf8EventName);
        Append(head, ref length, OperationHead);
        Append(head, ref length, s_operations[(int)e.Operation]);
        Append(head, ref length, RefHead);
        length += Encoding.UTF8.GetBytes(e.Ref, head[length..]);
        output.Advance(length);
        if (e.Snapshot is null)
        {
            output.Write("\"}"u8);
            return;
        }

        output.Write(SnapshotHead);
        output.Write(e.Snapshot.Json);
        output.Write("}"u8);
    }

    private static int HeadLength(XapiEvent e) => IdHead.Length + Digits(e.Id) + TimestampHead.Length + e.Timestamp.Length + ClassHead.Length
        + e.Class.Utf8EventName.Length + OperationHead.Length + 3 + RefHead.Length + Encoding.UTF8.GetByteCount(e.Ref);

    /// <summary>Generations are never negative.</summary>
    private static int Digits(long number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
            digits++;
        return digits;
    }

    private static void Append(Span<byte> buffer, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer[length..]);
        length += text.Length;
    }

    public static SetValue ToValue(IReadOnlyList<XapiEvent> events) => new([.. events.Select(ToValue)]);

    private static XapiValue ToValue(XapiEvent e)
    {
        List<(string, XapiValue)> members =
        [
            ("id", e.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("timestamp", e.Timestamp), ("class", e.Class.EventName),
            ("operation", e.Operation switch { EventOperation.Add => "add", EventOperation.Mod => "mod", EventOperation.Del => "del" }),
            ("ref", e.Ref),
        ];
        if (e.Snapshot is not null)
            members.Add(("snapshot", e.Snapshot.ToValue()));
        return XapiValue.MapOf(members);
    }
}
