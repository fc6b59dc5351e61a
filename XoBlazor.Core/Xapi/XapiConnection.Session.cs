using System.Collections.Immutable;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi;

public sealed partial class XapiConnection
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _logIn = new(1);
    private string? _session;

    public bool IsLoggedIn => Volatile.Read(ref _session) is not null;

    /// <summary>Logs in unless a session is there; callers at the same time share one log-in.</summary>
    public async Task LogInAsync(CancellationToken cancellation) => await SessionAsync(cancellation);

    /// <summary>Ends the session at the host, as far as it can be reached within a few seconds. Never fails but by the caller's cancelling.</summary>
    public async Task LogOutAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _session, null) is not { } session)
            return;
        try
        {
            await PostAsync(_calls, "session.logout", session, [], Nothing, s_farewell, cancellation);
        }
        catch (XapiException)
        {
            // The host forgets an idle session by itself.
        }
    }

    private async Task<string> SessionAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _session) is { } present)
            return present;
        await _logIn.WaitAsync(cancellation);
        try
        {
            if (Volatile.Read(ref _session) is { } made)
                return made;
            var session = await OpenSessionAsync(cancellation);
            Volatile.Write(ref _session, session);
            return session;
        }
        finally
        {
            _logIn.Release();
        }
    }

    private async Task<string> OpenSessionAsync(CancellationToken cancellation)
    {
        const string method = "session.login_with_password";
        try
        {
            return await PostAsync(_calls, method, null, [_credentials.User, _credentials.Password, "1.1", _options.Originator], WholeText, _options.CallTimeout, cancellation);
        }
        catch (XapiFailureException e) when (e.Code == "MESSAGE_PARAMETER_COUNT_MISMATCH")
        {
            // Hosts of the 6.0 line know no originator.
            return await PostAsync(_calls, method, null, [_credentials.User, _credentials.Password, "1.1"], WholeText, _options.CallTimeout, cancellation);
        }
    }

    /// <summary>The host no longer knows this session; whoever replaced it already keeps theirs.</summary>
    private void Forget(string session) => Interlocked.CompareExchange(ref _session, null, session);
}
