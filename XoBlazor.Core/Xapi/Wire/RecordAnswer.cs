using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Decodes the results that hold records, one record at a time, while the bytes arrive.</summary>
internal sealed class RecordAnswer(DecodeContext context, Func<string, XapiObject?> old)
{
    private readonly ImmutableArray<UnreadableRecord>.Builder _unreadable = ImmutableArray.CreateBuilder<UnreadableRecord>();
    private readonly List<(XapiCodec Codec, string Ref)> _withoutRecord = [];

    public ImmutableArray<UnreadableRecord> Unreadable => _unreadable.ToImmutable();

    /// <summary>Objects that events told of without bringing their record, as hosts do that are older than <c>event.from</c>.</summary>
    public IReadOnlyList<(XapiCodec Codec, string Ref)> WithoutRecord => _withoutRecord;

    /// <summary>The result of <c>event.from</c>.</summary>
    public async ValueTask<XapiEventBatch> BatchAsync(AnswerStream answer, CancellationToken cancellation)
    {
        var token = "";
        var events = ImmutableArray.CreateBuilder<XapiEvent>();
        var counts = new Dictionary<XapiClass, int>();
        await answer.OpenAsync('{', cancellation);
        while (await answer.NextMemberAsync(cancellation) is { } member)
        {
            switch (member)
            {
                case "events":
                    await answer.OpenAsync('[', cancellation);
                    while (await answer.NextItemAsync(cancellation))
                        if (Event((await answer.ValueAsync(cancellation)).Span) is { } one)
                            events.Add(one);
                    break;
                case "valid_ref_counts":
                    Counts((await answer.ValueAsync(cancellation)).Span, counts);
                    break;
                case "token":
                    token = new WireReader((await answer.ValueAsync(cancellation)).Span).Text();
                    break;
                default:
                    await answer.ValueAsync(cancellation);
                    break;
            }
        }

        context.Trim();
        foreach (var (codec, reference) in _withoutRecord)
            _unreadable.Add(new(codec.WireName, reference, "", "the event brings no record"));
        return token.Length > 0 ? new(token, events.DrainToImmutable(), counts, Unreadable)
            : throw new JsonException("the batch of events has no token");
    }

    /// <summary>The result of <c>get_all_records</c>: records by reference.</summary>
    public async ValueTask<XapiListing> ListingAsync(XapiCodec codec, AnswerStream answer, CancellationToken cancellation)
    {
        var objects = ImmutableArray.CreateBuilder<XapiObject>();
        await answer.OpenAsync('{', cancellation);
        while (await answer.NextMemberAsync(cancellation) is { } reference)
            if (Record(codec, context.Share(reference), (await answer.ValueAsync(cancellation)).Span) is { } one)
                objects.Add(one);
        context.Trim();
        return new(objects.DrainToImmutable(), Unreadable);
    }

    /// <summary>The result of <c>event.next</c>: events in the order of time.</summary>
    public List<XapiEvent> News(ReadOnlySpan<byte> json)
    {
        var events = new List<XapiEvent>();
        var reader = new WireReader(json);
        reader.OpenArray();
        while (reader.NextItem())
            if (Event(reader.Skip()) is { } one)
                events.Add(one);
        context.Trim();
        return events;
    }

    /// <summary>The result of <c>get_record</c>; null where it cannot be decoded.</summary>
    public async ValueTask<XapiObject?> OneAsync(XapiCodec codec, string reference, AnswerStream answer, CancellationToken cancellation) =>
        Record(codec, reference, (await answer.ValueAsync(cancellation)).Span);

    private XapiEvent? Event(ReadOnlySpan<byte> json)
    {
        XapiCodec? codec = null;
        var (reference, operation) = ("", EventOperation.Unrecognised);
        ReadOnlySpan<byte> snapshot = default;
        var reader = new WireReader(json);
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (reader.Name(out _))
            {
                case var name when name.SequenceEqual("class"u8):
                    codec = XapiCodec.Find(context.Text(ref reader, null));
                    break;
                case var name when name.SequenceEqual("operation"u8):
                    operation = Operation(reader.RawText(out _));
                    break;
                case var name when name.SequenceEqual("ref"u8):
                    reference = context.Text(ref reader, null);
                    break;
                case var name when name.SequenceEqual("snapshot"u8):
                    // XAPI puts the record last: all that matters is known, and looking for the record's end would only cost time.
                    if (codec is not null && reference.Length > 0 && operation != EventOperation.Unrecognised)
                        return Event(codec, reference, operation, reader.Rest);
                    snapshot = reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return Event(codec, reference, operation, snapshot);
    }

    private XapiEvent? Event(XapiCodec? codec, string reference, EventOperation operation, ReadOnlySpan<byte> snapshot)
    {
        if (codec is null || reference.Length == 0 || operation == EventOperation.Unrecognised)
            return null;
        if (operation == EventOperation.Del)
            return new(codec.Class, operation, reference, null);
        if (snapshot.IsEmpty)
        {
            _withoutRecord.Add((codec, reference));
            return null;
        }

        return Record(codec, reference, snapshot) is { } state ? new(codec.Class, operation, reference, state) : null;
    }

    private XapiObject? Record(XapiCodec codec, string reference, ReadOnlySpan<byte> json)
    {
        try
        {
            return codec.Read(json, reference, old(reference), context);
        }
        catch (JsonException e)
        {
            _unreadable.Add(new(codec.WireName, reference, codec.FindBroken(json, context), e.Message));
            return null;
        }
    }

    private static EventOperation Operation(ReadOnlySpan<byte> text) => text switch
    {
        var t when t.SequenceEqual("mod"u8) => EventOperation.Mod,
        var t when t.SequenceEqual("add"u8) => EventOperation.Add,
        var t when t.SequenceEqual("del"u8) => EventOperation.Del,
        _ => EventOperation.Unrecognised,
    };

    private static void Counts(ReadOnlySpan<byte> json, Dictionary<XapiClass, int> counts)
    {
        var reader = new WireReader(json);
        reader.OpenObject();
        while (reader.NextMember())
        {
            var name = reader.Name(out _);
            var codec = XapiCodec.Find(Encoding.UTF8.GetString(name));
            var number = reader.Peek() == WireKind.Text ? reader.RawText(out _) : reader.Scalar();
            if (codec is not null && int.TryParse(number, out var count))
                counts[codec.Class] = count;
        }
    }
}
