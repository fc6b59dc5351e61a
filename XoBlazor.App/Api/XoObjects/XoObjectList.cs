using System.IO.Pipelines;
using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>
/// The answer of <c>xo.getAllObjects</c>: all objects of a snapshot that a filter asks for. Written piece by piece as the reader takes it, so that
/// its size does not show in memory; nothing of it is kept.
/// </summary>
/// <param name="limit">At most so many objects; null for all.</param>
/// <param name="among">The only ones that are looked at; null for all there are.</param>
internal sealed class XoObjectList(StoreSnapshot store, XoFilter filter, long? limit = null, IEnumerable<Located<XapiObject>>? among = null) : IApiStream
{
    private const int PieceBytes = 48 * 1024;

    private static readonly byte[] s_newLine = "\n"u8.ToArray();

    private long _left = limit ?? long.MaxValue;

    /// <summary>One JSON object: id to object. Neither completes the writer nor flushes its last piece.</summary>
    public async Task WriteMapAsync(PipeWriter to, CancellationToken cancellation)
    {
        using var json = new Utf8JsonWriter(to, XoShape.Options);
        var shape = new XoShape(json);
        using var document = new XoDocument();
        json.WriteStartObject();
        foreach (var (pool, value) in Asked())
        {
            if (filter.NeedsDocument)
            {
                if (!Matches(document, pool, value))
                    continue;
                json.WritePropertyName(XoIds.Of(pool, value));
                json.WriteRawValue(document.Bytes.Span, skipInputValidation: true);
            }
            else
            {
                json.WritePropertyName(XoIds.Of(pool, value));
                shape.Write(pool, value);
            }

            if (IsFull())
                break;
            if (json.BytesPending + to.UnflushedBytes < PieceBytes)
                continue;
            json.Flush();
            if ((await to.FlushAsync(cancellation)).IsCompleted)
                return;
        }

        json.WriteEndObject();
        json.Flush();
    }

    ValueTask IApiStream.WriteAsync(PipeWriter output, CancellationToken token) => new(WriteMapAsync(output, token));

    /// <summary>One object a line. Neither completes the writer nor flushes its last piece.</summary>
    public async Task WriteLinesAsync(PipeWriter to, CancellationToken cancellation)
    {
        foreach (var (_, document) in Each(withDocuments: true))
        {
            Put(to, document.Span);
            Put(to, s_newLine);
            if (to.UnflushedBytes >= PieceBytes && (await to.FlushAsync(cancellation)).IsCompleted)
                return;
        }
    }

    /// <summary>One after the other, each with its bytes, which are valid until the next one is asked for; without them where the filter does not need them either.</summary>
    public IEnumerable<(Located<XapiObject> Object, ReadOnlyMemory<byte> Document)> Each(bool withDocuments)
    {
        using var document = new XoDocument();
        foreach (var one in Asked())
        {
            if (filter.NeedsDocument)
            {
                if (!Matches(document, one.Pool, one.Object))
                    continue;
            }
            else if (withDocuments)
            {
                document.Write(one.Pool, one.Object);
            }

            yield return (one, document.Bytes);
            if (IsFull())
                yield break;
        }
    }

    private bool IsFull() => --_left <= 0;

    private bool Matches(XoDocument document, PoolPicture pool, XapiObject value)
    {
        using var parsed = JsonDocument.Parse(document.Write(pool, value));
        return filter.Matches(pool, value, parsed.RootElement);
    }

    /// <summary>All records whose objects may be asked for, of each id the first.</summary>
    private IEnumerable<Located<XapiObject>> Asked()
    {
        if (_left <= 0)
            yield break;
        if (among is not null)
        {
            foreach (var one in among)
                if (filter.MayMatch(one.Pool, one.Object))
                    yield return one;
            yield break;
        }

        if (filter.Id is { } id)
        {
            if (XoIds.Find(store, id) is { } only && filter.MayMatch(only.Pool, only.Object))
                yield return only;
            yield break;
        }

        var several = store.Pools.Length > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var pool in store.Pools)
            foreach (var type in filter.Classes)
                foreach (var value in pool.All(type))
                    if (several?.Add(XoIds.Of(pool, value)) != false && filter.MayMatch(pool, value))
                        yield return new(pool, value);
    }

    /// <summary>In pieces that a pipe's segments take.</summary>
    private static void Put(PipeWriter to, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = to.GetSpan();
            var part = Math.Min(room.Length, bytes.Length);
            bytes[..part].CopyTo(room);
            to.Advance(part);
            bytes = bytes[part..];
        }
    }
}
