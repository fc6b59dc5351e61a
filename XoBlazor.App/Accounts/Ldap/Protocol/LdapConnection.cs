using System.Net.Security;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// The talk with one server over a stream that is as safe as it will be. After a failure that leaves the stream in the middle of a
/// message (time-out, cancellation, bytes that are not LDAP, too much) the connection is closed and every later call says so.
/// </summary>
internal sealed partial class LdapConnection(LdapTarget target, Stream stream, string remoteAddress, LdapCertificate? certificate, TimeProvider time)
    : IDirectoryConnection
{
    private readonly LdapFrames _frames = new(stream);
    private int _lastId;
    private int _isBusy;
    private bool _isBroken;

    public LdapTarget Target { get; } = target;

    public string RemoteAddress { get; } = remoteAddress;

    public LdapCertificate? Certificate { get; } = certificate;

    public string? TlsVersion => (stream as SslStream)?.SslProtocol switch
    {
        null => null,
        System.Security.Authentication.SslProtocols.Tls12 => "TLS 1.2",
        System.Security.Authentication.SslProtocols.Tls13 => "TLS 1.3",
        var other => other.ToString(),
    };

    /// <summary>Whether a name or password may be sent in a simple bind at all.</summary>
    public static bool MayBeSent(string text) => !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);

    public async Task BindAsync(string name, string password, CancellationToken token)
    {
        if (!MayBeSent(name) || !MayBeSent(password))
            throw new ArgumentException("A bind needs a name and a password; an empty or blank one is not sent, because servers take it for nobody's and say yes.");

        var result = (await AskAsync(LdapStage.Binding, LdapDecoder.BindAnswer, id => LdapRequests.Bind(id, name, password), token)).Result;
        if (result.Code != LdapResultCode.Success)
            throw LdapFailures.OfResult(Target, LdapStage.Binding, result, name);

        // A password policy lets such a bind succeed, only to allow nothing but a change of the password.
        if (result.Policy is not null)
            throw LdapFailures.OfResult(Target, LdapStage.Binding, result with { Code = LdapResultCode.InvalidCredentials }, name);
    }

    public async Task<string> WhoAmIAsync(CancellationToken token)
    {
        var done = await AskAsync(LdapStage.Searching, LdapDecoder.ExtendedAnswer, id => LdapRequests.Extended(id, LdapRequests.WhoAmIOid), token);
        return done.Result.Code == LdapResultCode.Success
            ? Encoding.UTF8.GetString(done.Value is { } value ? value.Span : [])
            : throw LdapFailures.OfResult(Target, LdapStage.Searching, done.Result);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isBroken && Interlocked.Exchange(ref _isBusy, 1) == 0)
        {
            // Good manners, but never worth waiting for.
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), time);
            try
            {
                await stream.WriteAsync(LdapRequests.Unbind(++_lastId), moment.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // It is gone already.
            }
        }

        await BreakAsync();
    }

    private Task<LdapResponse.Done> AskAsync(LdapStage stage, int answer, Func<int, byte[]> request, CancellationToken token) =>
        ConverseAsync(stage, request, answer, static _ => throw new LdapFrameException("an entry came unasked"), token);

    /// <summary>Sends a request and takes in what answers it, to the end, within one time-out.</summary>
    private async Task<LdapResponse.Done> ConverseAsync(
        LdapStage stage, Func<int, byte[]> request, int answer, Action<LdapSearchItem> found, CancellationToken token)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 1)
            throw new InvalidOperationException("This connection is in use or closed; it carries one operation at a time.");

        using var deadline = new LdapDeadline(Target.AnswerTimeout, time, token);
        try
        {
            if (_isBroken)
                throw LdapFailures.Interrupted(Target, stage);

            deadline.Token.ThrowIfCancellationRequested();
            var id = ++_lastId;
            await stream.WriteAsync(request(id), deadline.Token);
            return await ReadAnswerAsync(id, stage, answer, found, deadline.Token);
        }
        catch (Exception e)
        {
            await BreakAsync();
            if (LdapFailures.From(e, Target, stage, deadline) is { } failure)
                throw failure;
            throw;
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private async Task<LdapResponse.Done> ReadAnswerAsync(int id, LdapStage stage, int answer, Action<LdapSearchItem> found, CancellationToken token)
    {
        var left = LdapLimits.AnswerBytes;
        while (true)
        {
            var frame = await _frames.ReadAsync(Math.Min(LdapLimits.MessageBytes, left), token) ?? throw LdapFailures.Interrupted(Target, stage);
            if ((left -= frame.Length) < 0)
                throw new LdapFrameException($"the answer is larger than {LdapLimits.AnswerBytes >> 20} MiB") { IsTooLarge = true };

            var response = LdapDecoder.Decode(frame);
            if (response is LdapResponse.Done notice && LdapDecoder.IsDisconnection(notice))
                throw LdapFailures.Interrupted(Target, stage, notice.Result.Diagnostic);
            if (response.Id != id)
                throw new LdapFrameException($"an answer to request {response.Id} came, {id} was asked");

            switch (response)
            {
                case LdapResponse.Found item:
                    found(item.Item);
                    break;
                case LdapResponse.Done done when done.Operation == answer:
                    return done;
                case LdapResponse.Done done:
                    throw new LdapFrameException($"an answer of kind {done.Operation} came, {answer} was expected");
                case LdapResponse.Aside:
                    break;
            }
        }
    }

    private async ValueTask BreakAsync()
    {
        _isBroken = true;
        await stream.DisposeAsync();
    }
}
