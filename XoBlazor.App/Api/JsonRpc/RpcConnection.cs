using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>
/// One connection: reads messages, answers calls as they are done, several at once, and closes when the session on it ends. Starts anonymous, whatever came
/// with the HTTP request. Knows no method. What one connection holds is bounded by <see cref="ApiLimits"/>: beyond, calls get an error, and while a peer
/// does not take its answers nothing more is read from it.
/// </summary>
internal sealed partial class RpcConnection : IApiConnection, IDisposable
{
    private static readonly byte[] s_end = "}"u8.ToArray();

    // Of the largest messages.
    private const int MostMessagesInFlight = 4;

    // Whoever calls too fast is read more slowly for a while, which costs nobody else anything.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // For a peer that is sent away to say goodbye as well: a line that is cut at once can take the reason along.
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    private readonly RpcSocket _socket;
    private readonly RpcServices _with;
    private readonly RateLimit _anonymousRate;
    private readonly RateLimit _rate;
    private readonly CancellationTokenSource _closed;
    private SignedIn? _signedIn;
    private int _inFlight;
    private long _bytesInFlight;
    private volatile bool _isTooFast;
    private volatile bool _isSentAway;

    public RpcConnection(WebSocket socket, IPAddress? address, string? program, RpcServices with, CancellationToken aborted)
    {
        (Address, Program, _with) = (address, program, with);
        _socket = new(socket, with.Limits.SlowReader, with.Time);
        _anonymousRate = new(ApiLimits.MostAnonymousRate, ApiLimits.MostAnonymousRate * 10, with.Time);
        _rate = new(with.Limits.MostCallsPerSecond, with.Limits.MostCallsPerSecond * 2, with.Time);
        _closed = CancellationTokenSource.CreateLinkedTokenSource(aborted);
    }

    public string Face => "json-rpc";

    public ApiSession? Session => _signedIn?.Session;

    public IPAddress? Address { get; }

    public string? Program { get; }

    /// <summary>Serves until the peer goes, the line breaks or the session ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(MostBytes, _closed.Token) is var (buffer, length))
            {
                if (_isSentAway)
                    ArrayPool<byte>.Shared.Return(buffer);
                else
                    await TakeAsync(buffer, length);
            }

            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (RpcTooBigException big)
        {
            await TryAnswerAsync(RpcRequest.Failed(ApiException.InvalidRequest(big.Message)));
            await _socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, big.Message);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The peer is gone, or was sent away.
        }
        finally
        {
            await _closed.CancelAsync();
            await SignOutAsync();
        }
    }

    public async Task SignInAsync(ApiSession session)
    {
        await ReplaceAsync(new(session, _with.UserRates.Of(session.Requester.Actor.Id)));
        session.Ended.Register(() => _ = EndAsync(session));
        // Whoever went meanwhile was signed out before they were in.
        if (_closed.IsCancellationRequested)
            await SignOutAsync();
    }

    public Task SignOutAsync() => ReplaceAsync(null);

    public ValueTask NotifyAsync(ReadOnlyMemory<byte> message, CancellationToken token) => _socket.SendAsync(message, token);

    public Task CloseAsync(string reason) => CloseAsync(WebSocketCloseStatus.PolicyViolation, reason);

    /// <summary>Sends the peer away: the server stops, or an administrator said so. What it still says is not heard.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        _isSentAway = true;
        await _socket.CloseAsync(status, reason);
        try
        {
            _closed.CancelAfter(s_lastWords);
        }
        catch (ObjectDisposedException)
        {
            // It was gone already.
        }
    }

    /// <summary>Cuts the line, for a peer that does not even take a goodbye.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _socket.Dispose();
        _closed.Dispose();
    }

    private async Task ReplaceAsync(SignedIn? now)
    {
        if (Interlocked.Exchange(ref _signedIn, now) is { } before)
            await _with.Sessions.CloseAsync(before.Session);
    }

    private int MostBytes() => Session is null ? Math.Min(ApiLimits.MostAnonymousBytes, _with.Limits.MostMessageBytes) : _with.Limits.MostMessageBytes;

    // The session's end comes from elsewhere than its owner: what was not said yet is not said any more.
    private async Task EndAsync(ApiSession session)
    {
        if (ReferenceEquals(Session, session))
            await CloseAsync(WebSocketCloseStatus.PolicyViolation, "The session has ended. Sign in again.");
    }

    // The buffer belongs to the message until its last call is answered.
    private async ValueTask TakeAsync(byte[] buffer, int length)
    {
        JsonDocument message;
        try
        {
            message = ForeignJson.Parse(buffer.AsMemory(0, length));
        }
        catch (JsonException bad)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await AnswerAsync(RpcRequest.Failed(new(ApiErrorCode.ParseError, $"parse error: {Short(bad.Message)}")));
            return;
        }

        var root = message.RootElement;
        var calls = root.ValueKind == JsonValueKind.Array ? Math.Max(1, root.GetArrayLength()) : 1;
        if (!TryAdmit(calls, length, out var most))
        {
            // What is refused is answered before anything more is read, so that refusals do not pile up either.
            await RefuseAsync(root, TooMany($"more than {most} calls, or too many bytes of them, under way on one connection; wait for answers"));
            Free();
            return;
        }

        var work = root.ValueKind == JsonValueKind.Array ? BatchAsync(root) : OneAsync(root);
        if (work.IsCompletedSuccessfully)
            Leave();
        else
            _ = LeaveAfterAsync();
        if (_isTooFast)
        {
            _isTooFast = false;
            await Task.Delay(s_pause, _with.Time, _closed.Token);
        }

        async Task LeaveAfterAsync()
        {
            try
            {
                await work;
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
            {
                // Nobody is there to be answered any more.
            }
            finally
            {
                Leave();
            }
        }

        void Leave()
        {
            Interlocked.Add(ref _inFlight, -calls);
            Interlocked.Add(ref _bytesInFlight, -length);
            Free();
        }

        void Free()
        {
            message.Dispose();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryAdmit(int calls, int bytes, out int most)
    {
        most = _signedIn is null ? ApiLimits.MostAnonymousCalls : _with.Limits.MostCallsInFlight;
        var (callsNow, bytesNow) = (Interlocked.Add(ref _inFlight, calls), Interlocked.Add(ref _bytesInFlight, bytes));
        // A batch of more calls than may be under way is fine while nothing else is.
        if ((callsNow <= most || callsNow == calls) && bytesNow <= (long)_with.Limits.MostMessageBytes * MostMessagesInFlight)
            return true;
        Interlocked.Add(ref _inFlight, -calls);
        Interlocked.Add(ref _bytesInFlight, -bytes);
        return false;
    }

    private async Task RefuseAsync(JsonElement message, ApiException why)
    {
        if (message.ValueKind == JsonValueKind.Array)
            await AnswerAsync(RpcRequest.Failed(why));
        else if (RpcRequest.Read(message) is { Id: not null } request)
            await AnswerAsync(request, default, request.Problem ?? why);
    }

    private async Task OneAsync(JsonElement message)
    {
        if (RpcRequest.Read(message) is not { } request)
            return;
        var wasSignedIn = _signedIn;
        var (result, error) = await CallAsync(request);
        if (request.Id is not null)
            await AnswerAsync(request, result, error);
        if (_signedIn is { } now && !ReferenceEquals(now, wasSignedIn))
            Accompany(now);
    }

    private async Task BatchAsync(JsonElement batch)
    {
        var length = batch.GetArrayLength();
        if (length is 0 or > ApiLimits.MostInBatch)
        {
            await AnswerAsync(RpcRequest.Failed(ApiException.InvalidRequest($"a batch has 1 to {ApiLimits.MostInBatch} calls")));
            return;
        }

        var wasSignedIn = _signedIn;
        var calls = new List<Task<(RpcRequest Request, ApiResult Result, ApiException? Error)>>(length);
        foreach (var one in batch.EnumerateArray())
            if (RpcRequest.Read(one) is { } request)
                calls.Add(AnsweredAsync(request));
        var answers = await Task.WhenAll(calls);
        if (answers.Any(one => one.Request.Id is not null))
            await _socket.SendAsync(answers, static (writer, all) =>
            {
                writer.WriteStartArray();
                foreach (var one in all)
                    if (one.Request.Id is not null)
                        Write(writer, one.Request, one.Result, one.Error);
                writer.WriteEndArray();
            }, _closed.Token);
        if (_signedIn is { } now && !ReferenceEquals(now, wasSignedIn))
            Accompany(now);

        async Task<(RpcRequest, ApiResult, ApiException?)> AnsweredAsync(RpcRequest request)
        {
            var (result, error) = await CallAsync(request);
            return result.Stream is null ? (request, result, error) : (request, default, ApiException.InvalidRequest("this answer is too large for a batch; call it by itself"));
        }
    }

    private async ValueTask<(ApiResult Result, ApiException? Error)> CallAsync(RpcRequest request)
    {
        if (request.Problem is { } problem)
            return (default, problem);
        var signedIn = _signedIn;
        if (signedIn is null ? !_anonymousRate.TryTake() : !_rate.TryTake() || !signedIn.Rate.TryTake())
        {
            _isTooFast = true;
            return (default, TooMany("too many calls a second; slow down and try again"));
        }
        return await _with.Calls.RunAsync(this, request.Method, request.Parameters, _closed.Token);
    }

    private async ValueTask TryAnswerAsync(RpcRequest request)
    {
        try
        {
            await AnswerAsync(request);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Then it is told by the close alone.
        }
    }

    private ValueTask AnswerAsync(RpcRequest failed) => AnswerAsync(failed, default, failed.Problem);

    private async ValueTask AnswerAsync(RpcRequest request, ApiResult result, ApiException? error)
    {
        if (error is null && result.Stream is { } stream)
        {
            try
            {
                await _socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"id":{{request.Id!.Value.GetRawText()}},"jsonrpc":"2.0","result":"""), stream, s_end, _closed.Token);
            }
            catch (Exception broken) when (broken is not (WebSocketException or OperationCanceledException or IOException))
            {
                // Half an answer cannot be taken back.
                _with.Calls.Told(broken, request.Method);
                await CloseAsync(WebSocketCloseStatus.InternalServerError, "The answer could not be finished.");
            }
            return;
        }

        await _socket.SendAsync((request, result, error), static (writer, one) => Write(writer, one.request, one.result, one.error), _closed.Token);
    }

    private static void Write(Utf8JsonWriter writer, RpcRequest request, ApiResult result, ApiException? error)
    {
        writer.WriteStartObject();
        if (error is not null)
        {
            writer.WritePropertyName("error");
            error.WriteTo(writer);
        }
        writer.WritePropertyName("id");
        request.Id!.Value.WriteTo(writer);
        writer.WriteString("jsonrpc", "2.0");
        if (error is null)
        {
            writer.WritePropertyName("result");
            result.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private void Accompany(SignedIn signedIn)
    {
        foreach (var follower in _with.Followers)
            _ = FollowAsync(follower, signedIn.Session);
    }

    private async Task FollowAsync(IApiFollower follower, ApiSession session)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(session.Ended, _closed.Token);
        try
        {
            await follower.FollowAsync(this, session, over.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Over.
        }
        catch (Exception unexpected)
        {
            _with.Calls.Told(unexpected, follower.GetType().Name);
            await CloseAsync(WebSocketCloseStatus.InternalServerError, "The feed broke. Connect again.");
        }
    }

    private static ApiException TooMany(string why) => new(ApiErrorCode.TooMany, why);

    private static string Short(string text) => text.Length <= 200 ? text : text[..200];

    private sealed record SignedIn(ApiSession Session, RateLimit Rate);
}
