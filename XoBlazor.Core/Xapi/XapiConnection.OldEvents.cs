using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

/// <summary>
/// Following hosts before XenServer 6.0, which have no <c>event.from</c>: a subscription, then all records class by class, then
/// <c>event.next</c>, which has no timeout. That call is left waiting between two answers, because what the host has sent into a
/// broken call is lost: when it breaks, everything has to be read anew.
/// </summary>
public sealed partial class XapiConnection
{
    private const string OldToken = "event.next";

    /// <summary>Classes that make no events, so that their objects would grow stale.</summary>
    private static readonly XapiClass[] s_withoutEvents = [XapiClass.XapiSession, XapiClass.XapiUser, XapiClass.XapiSecret, XapiClass.XapiRole];

    private Task<byte[]>? _next;
    private string? _nextSession;

    private async Task<XapiEventBatch> ListOldAsync(
        string session, IReadOnlyList<string> classes, DecodeContext context, Func<string, XapiObject?> old, CancellationToken cancellation)
    {
        var isAll = classes.Contains("*");
        if (isAll)
            await AskAsync("event.register", session, [new[] { "*" }], Nothing, _options.CallTimeout, cancellation);

        var events = ImmutableArray.CreateBuilder<XapiEvent>();
        var counts = new Dictionary<XapiClass, int>();
        var unreadable = ImmutableArray.CreateBuilder<UnreadableRecord>();
        foreach (var codec in XapiCodec.All)
        {
            if (isAll ? s_withoutEvents.Contains(codec.Class) : !classes.Contains(codec.WireName, StringComparer.OrdinalIgnoreCase))
                continue;
            try
            {
                var listing = await AskAsync(
                    codec.WireName + ".get_all_records", session, [], (answer, token) => new RecordAnswer(context, old).ListingAsync(codec, answer, token),
                    _options.CallTimeout, cancellation);
                events.AddRange(listing.Objects.Select(o => new XapiEvent(o.Class, EventOperation.Add, o.Ref, o)));
                unreadable.AddRange(listing.Unreadable);
                counts[codec.Class] = listing.Objects.Length + listing.Unreadable.Length;
            }
            catch (XapiFailureException e) when (e.Code is "MESSAGE_METHOD_UNKNOWN" or "MESSAGE_REMOVED")
            {
                // A class that this host does not have yet, or no longer.
            }
        }

        return new(OldToken, events.DrainToImmutable(), counts, unreadable.ToImmutable());
    }

    private async Task<XapiEventBatch> NextOldAsync(
        string session, TimeSpan timeout, TimeSpan grace, DecodeContext context, Func<string, XapiObject?> old, CancellationToken cancellation)
    {
        if (_next is null || _nextSession != session)
            (_next, _nextSession) = (PostAsync(_events, "event.next", session, [], WholeBytes, Timeout.InfiniteTimeSpan, _closing.Token), session);
        if (await Task.WhenAny(_next, Task.Delay(timeout, _time, cancellation)) != _next)
        {
            cancellation.ThrowIfCancellationRequested();
            await AskAsync("event.get_current_id", session, [], Nothing, grace, cancellation);
            return new(OldToken, [], ImmutableDictionary<XapiClass, int>.Empty, []);
        }

        var answer = new RecordAnswer(context, old);
        var latest = new Dictionary<string, XapiEvent>(StringComparer.Ordinal);
        foreach (var one in answer.News(await TakeNextAsync(session)))
            latest[one.Ref] = one;
        foreach (var (codec, reference) in answer.WithoutRecord.Distinct())
            if (latest.GetValueOrDefault(reference) is { Operation: not EventOperation.Del } && await FetchAsync(codec, reference) is { } fetched)
                latest[reference] = fetched;
        return new(OldToken, [.. latest.Values], ImmutableDictionary<XapiClass, int>.Empty, answer.Unreadable);

        async Task<XapiEvent?> FetchAsync(XapiCodec codec, string reference)
        {
            try
            {
                var state = await AskAsync(codec.WireName + ".get_record", session, [reference], (a, t) => answer.OneAsync(codec, reference, a, t), _options.CallTimeout, cancellation);
                return state is null ? null : new(codec.Class, EventOperation.Mod, reference, state);
            }
            catch (XapiFailureException e) when (e.Code == "HANDLE_INVALID")
            {
                return new(codec.Class, EventOperation.Del, reference, null);
            }
        }
    }

    private async Task<byte[]> TakeNextAsync(string session)
    {
        var next = _next!;
        _next = null;
        try
        {
            return await next;
        }
        catch (XapiException e)
        {
            // What the call would have told is lost.
            _eventSession = null;
            if (e is XapiSessionLostException)
                Forget(session);
            if (e is XapiFailureException { Code: "EVENTS_LOST" or "SESSION_NOT_REGISTERED" })
                throw new XapiSessionLostException();
            throw;
        }
    }

    /// <summary>A call of the event stream: a lost session is not replaced.</summary>
    private async Task<T> AskAsync<T>(
        string method, string session, IReadOnlyList<XapiValue> arguments, Func<AnswerStream, CancellationToken, ValueTask<T>> read, TimeSpan patience, CancellationToken cancellation)
    {
        await EnterAsync(cancellation);
        try
        {
            return await PostAsync(_calls, method, session, arguments, read, patience, cancellation);
        }
        catch (XapiSessionLostException)
        {
            Forget(session);
            throw;
        }
        finally
        {
            _room.Release();
        }
    }

    private static async ValueTask<byte[]> WholeBytes(AnswerStream answer, CancellationToken cancellation) => (await answer.ValueAsync(cancellation)).ToArray();
}
