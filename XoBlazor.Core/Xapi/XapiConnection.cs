using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

/// <summary>
/// One host's XAPI and our session there. Calls may be made from any thread; the event stream has its own connection, calls share
/// a bounded number of others. An ordinary call logs in when there is no session, and logs in again once when the host has forgotten
/// it; the event stream never does, because a new session means reading everything anew. Nothing is ever sent twice after an ambiguous failure.
/// Failures are <see cref="XapiException"/>s; cancelling by the caller's token is an <see cref="OperationCanceledException"/>.
/// Log out before disposing, or the session stays at the host for a day.
/// </summary>
public sealed partial class XapiConnection : IAsyncDisposable
{
    private readonly XapiCredentials _credentials;
    private readonly XapiConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly XapiTransport _calls;
    private readonly XapiTransport _events;
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _closing = new();
    private XapiProtocol _protocol;

    public XapiConnection(XapiEndpoint endpoint, XapiCredentials credentials, XapiConnectionOptions? options = null, TimeProvider? time = null)
    {
        Endpoint = endpoint;
        _credentials = credentials;
        _options = options ?? new();
        _time = time ?? TimeProvider.System;
        _protocol = _options.Protocol;
        _room = new(_options.MaxConcurrentCalls);
        _calls = new(endpoint, _options, _options.MaxConcurrentCalls + 1);
        _events = new(endpoint, _options, 1);
    }

    public XapiEndpoint Endpoint { get; }

    /// <summary>The protocol in use; <see cref="XapiProtocol.Detect"/> until the first answer.</summary>
    public XapiProtocol Protocol => _protocol;

    /// <summary>The certificate the host showed last; null over plain HTTP and before the first call.</summary>
    public XapiCertificate? Certificate => _calls.Certificate ?? _events.Certificate;

    /// <summary>Ends what is under way with <see cref="XapiConnectionClosedException"/>. Does not log out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _calls.Dispose();
        _events.Dispose();
        if (_next is { } waiting)
            await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<T> PostAsync<T>(
        XapiTransport transport, string method, string? session, IReadOnlyList<XapiValue> arguments,
        Func<AnswerStream, CancellationToken, ValueTask<T>> read, TimeSpan patience, CancellationToken cancellation)
    {
        if (_protocol != XapiProtocol.Detect)
            return await PostAsync(transport, _protocol, method, session, arguments, read, patience, cancellation);

        try
        {
            return await DetectAsync(XapiProtocol.JsonRpc2);
        }
        catch (XapiUnreachableException notJson) when (notJson.Reason is UnreachableReason.NotXapi or UnreachableReason.HttpError)
        {
            try
            {
                return await DetectAsync(XapiProtocol.XmlRpc);
            }
            catch (XapiUnreachableException)
            {
                // Neither is spoken there: what the first attempt met is the better explanation.
                throw notJson;
            }
        }

        async Task<T> DetectAsync(XapiProtocol protocol)
        {
            try
            {
                var result = await PostAsync(transport, protocol, method, session, arguments, read, patience, cancellation);
                _protocol = protocol;
                return result;
            }
            catch (XapiException e) when (e is XapiFailureException or XapiSessionLostException or HostIsSlaveException)
            {
                _protocol = protocol;
                throw;
            }
        }
    }

    private async Task<T> PostAsync<T>(
        XapiTransport transport, XapiProtocol protocol, string method, string? session, IReadOnlyList<XapiValue> arguments,
        Func<AnswerStream, CancellationToken, ValueTask<T>> read, TimeSpan patience, CancellationToken cancellation)
    {
        var isXml = protocol == XapiProtocol.XmlRpc;
        var body = isXml
            ? RequestBody.Xml(method, session, arguments)
            : RequestBody.Json(method, session, arguments, isVersion2: protocol != XapiProtocol.JsonRpc1);
        using var deadline = new Deadline(patience, _time, cancellation, _closing.Token);
        try
        {
            using var response = await transport.PostAsync(isXml ? "/" : "/jsonrpc", isXml ? "text/xml" : "application/json", body, deadline.Token);
            deadline.Extend(_options.SilenceTimeout);
            await using var stream = new WatchedStream(await response.Content.ReadAsStreamAsync(deadline.Token), deadline, _options.SilenceTimeout);
            await using var json = isXml ? new XmlAnswer(stream, _options.MaxValueBytes) : (Stream)stream;
            using var answer = new AnswerStream(json, _options.MaxValueBytes);
            await RefuseOtherContentAsync(answer, deadline.Token);
            return await Envelope.OpenAsync(answer, read, deadline.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (_closing.IsCancellationRequested && e is not XapiException)
        {
            throw new XapiConnectionClosedException();
        }
        catch (OperationCanceledException)
        {
            throw deadline.HasPassed
                ? Unreachable.TimedOut(Endpoint, deadline.Patience, method)
                : Unreachable.TimedOut(Endpoint, _options.ConnectTimeout, "connecting");
        }
        catch (Exception e) when (e is not XapiException && Unreachable.From(e, Endpoint) is { } unreachable)
        {
            throw unreachable;
        }
    }

    /// <summary>A body that begins as neither protocol does belongs to some other server.</summary>
    private static async Task RefuseOtherContentAsync(AnswerStream answer, CancellationToken cancellation)
    {
        var first = await answer.PeekAsync(cancellation);
        if (first == 0)
            throw new EndOfStreamException("the answer is empty");
        if (first is not ((byte)'{' or (byte)'['))
            throw new NotJsonException(200, await answer.ExcerptAsync(cancellation));
    }
}
