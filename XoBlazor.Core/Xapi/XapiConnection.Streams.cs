using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

public sealed partial class XapiConnection
{
    /// <summary>
    /// Asks one of a host's HTTP handlers, on a connection of its own, and returns once it has answered: with the bytes it sends, or ready for those that it takes.
    /// Whatever the answer's status; a handler's task tells in the end whether it worked (xapi-protocol.md §8.1). Fails with <see cref="XapiException"/>.
    /// </summary>
    /// <param name="at">The member to ask; null for the one of this connection.</param>
    /// <param name="target">Path and query, without the session.</param>
    /// <param name="length">Of what will be sent; null when that is not known, or nothing is.</param>
    /// <param name="patience">For how long the answer's head is waited for, where a handler has work to do before; null for as long as for a call.</param>
    internal Task<HostExchange> ExchangeAsync(XapiEndpoint? at, string verb, string target, long? length, CancellationToken cancellation, TimeSpan? patience = null) =>
        AskAsync(at, verb, target, (line, endpoint, session, token) => HostExchange.OpenAsync(line, verb, target, endpoint, session, length, token), cancellation, patience);

    /// <summary>The same for a handler that is to go on as a WebSocket: <see cref="HostExchange.UpgradeAsync"/>.</summary>
    internal Task<HostExchange> UpgradeAsync(XapiEndpoint? at, string target, CancellationToken cancellation) =>
        AskAsync(at, "GET", target, (line, endpoint, session, token) => HostExchange.UpgradeAsync(line, target, endpoint, session, token), cancellation);

    /// <summary>What a line that broke later comes to, in words.</summary>
    internal XapiException Broken(Exception error, XapiEndpoint? at) =>
        _closing.IsCancellationRequested ? new XapiConnectionClosedException()
        : error as XapiException ?? Unreachable.From(error, at ?? Endpoint) ?? throw new InvalidOperationException("this is no failure of a line", error);

    private async Task<HostExchange> AskAsync(
        XapiEndpoint? at, string verb, string target, Func<Stream, XapiEndpoint, string, CancellationToken, Task<HostExchange>> ask, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var endpoint = at ?? Endpoint;
        var session = await SessionAsync(cancellation);
        using var deadline = new Deadline(patience ?? _options.CallTimeout, _time, cancellation, _closing.Token);
        using var own = at is null ? null : new XapiTransport(at, _options, 1);
        try
        {
            return await ask(await (own ?? _calls).OpenAsync(deadline.Token), endpoint, session, deadline.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OperationCanceledException)
        {
            throw _closing.IsCancellationRequested ? new XapiConnectionClosedException() : Unreachable.TimedOut(endpoint, deadline.Patience, $"{verb} {Path(target)}");
        }
        catch (Exception e) when (e is not XapiException && Unreachable.From(e, endpoint) is { } unreachable)
        {
            throw unreachable;
        }
    }

    private static string Path(string target) => target.Split('?')[0];
}
