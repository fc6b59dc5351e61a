using System.Buffers;
using System.Buffers.Text;
using System.Text;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Events;

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
