using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Rest.SignIn;

/// <summary>
/// Programs that send name and password with every request. Proving a password costs processor time on purpose, and each proof is a session: one proof serves the same
/// program as long as it keeps asking and its session is not ended. Remembers keyed hashes, no passwords. Safe from any thread.
/// </summary>
internal sealed class BasicSessions(ApiSignIn signIn, ApiSessions sessions, TimeProvider time) : IHostedService
{
    private const int Most = 1_000;

    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Entry> _open = new(StringComparer.Ordinal);

    /// <summary>Who it is. Fails with <see cref="ApiException"/>.</summary>
    /// <param name="code">A second factor's; null for none.</param>
    public async Task<ApiSession> OfAsync(IApiCaller caller, string name, string password, string? code)
    {
        await CloseIdleAsync();
        var print = Print(caller.Address?.ToString() ?? "", name, password, code ?? "");
        // Whoever comes first must not take the others along when they go.
        var entry = _open.GetOrAdd(print, _ => new(new(() => signIn.WithPasswordAsync(caller, name, password, code, CancellationToken.None))));
        entry.LastUsed = time.GetTimestamp();
        try
        {
            var session = await entry.Session.Value;
            if (!session.Ended.IsCancellationRequested)
                return session;
        }
        catch
        {
            _open.TryRemove(new(print, entry));
            throw;
        }

        _open.TryRemove(new(print, entry));
        throw ApiException.InvalidCredentials("The session has ended. Send the request again to sign in anew.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var one in _open)
            await CloseAsync(one);
    }

    private async ValueTask CloseIdleAsync()
    {
        foreach (var one in _open)
            if (time.GetElapsedTime(one.Value.LastUsed) >= s_idle)
                await CloseAsync(one);
        while (_open.Count >= Most && _open.MinBy(one => one.Value.LastUsed) is { Key: not null } oldest)
            await CloseAsync(oldest);
    }

    private async Task CloseAsync(KeyValuePair<string, Entry> one)
    {
        if (_open.TryRemove(one) && one.Value.Session is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } proven })
            await sessions.CloseAsync(await proven);
    }

    private string Print(params ReadOnlySpan<string> parts)
    {
        var all = new StringBuilder();
        foreach (var part in parts)
            all.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(all.ToString())));
    }

    private sealed class Entry(Lazy<Task<ApiSession>> session)
    {
        public Lazy<Task<ApiSession>> Session => session;

        public long LastUsed { get; set; }
    }
}
