using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

public sealed partial class XapiConnection
{
    /// <summary>What a host may take beyond the timeout it was asked for: old ones add half a second, and a large pool's answer takes time to make.</summary>
    private static readonly TimeSpan s_eventGrace = TimeSpan.FromSeconds(30);

    private string? _eventSession;
    private bool _hasNoEventFrom;

    /// <summary>
    /// Waits for news, at most <paramref name="timeout"/> long, on a connection of its own; one caller at a time. The records are decoded
    /// while they arrive, so that an answer of any size costs what its objects cost.
    /// A token is good for the session it came from only: after <see cref="XapiSessionLostException"/> log in and start from "" again.
    /// Hosts before XenServer 6.0 are followed by their older calls, which give no counts.
    /// </summary>
    /// <param name="classes"><c>*</c>, classes, or <c>class/reference</c>.</param>
    /// <param name="token">Where the last batch ended; "" for everything that is there.</param>
    /// <param name="grace">How much longer than the timeout the beginning of the answer may take; for noticing a silent host early.</param>
    /// <param name="old">The present state of an object by its reference, whose unchanged parts are kept.</param>
    public async Task<XapiEventBatch> EventFromAsync(
        IReadOnlyList<string> classes, string token, TimeSpan timeout, DecodeContext context, Func<string, XapiObject?> old, CancellationToken cancellation,
        TimeSpan? grace = null)
    {
        var session = Volatile.Read(ref _session) ?? throw new XapiSessionLostException();
        if (token.Length == 0)
            _eventSession = session;
        else if (_eventSession != session)
            throw new XapiSessionLostException();

        try
        {
            if (!_hasNoEventFrom)
                return await FromAsync();
        }
        catch (XapiFailureException e) when (e.Code == "MESSAGE_METHOD_UNKNOWN")
        {
            _hasNoEventFrom = true;
        }

        return token.Length == 0
            ? await ListOldAsync(session, classes, context, old, cancellation)
            : await NextOldAsync(session, timeout, grace ?? s_eventGrace, context, old, cancellation);

        async Task<XapiEventBatch> FromAsync()
        {
            try
            {
                return await PostAsync(
                    _events, "event.from", session, [XapiValue.Set(classes.Select(c => (XapiValue)c)), token, timeout.TotalSeconds],
                    new RecordAnswer(context, old).BatchAsync, timeout + (grace ?? s_eventGrace), cancellation);
            }
            catch (XapiSessionLostException)
            {
                Forget(session);
                throw;
            }
        }
    }
}
