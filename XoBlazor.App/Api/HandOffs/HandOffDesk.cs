using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.HandOffs;

/// <summary>
/// What waits to be fetched or sent. The address is the permission, because clients send no cookie with it: it cannot be guessed, holds for a minute and
/// once, and is never logged. In memory and bounded. Safe from any thread.
/// </summary>
internal sealed class HandOffDesk(ApiSessions sessions, TimeProvider time)
{
    /// <summary>How long an address waits to be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    /// <summary>Addresses of one account that wait at once.</summary>
    public const int MostOfAccount = 100;

    private const int TokenSize = 32;

    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>Leaves something for whoever asks, and returns the answer that tells where. Fails with <see cref="ApiException"/> when too much waits already.</summary>
    public ApiResult Offer(ApiSession session, HandOff handOff)
    {
        Forget();
        if (_waiting.Values.Count(one => one.Session.Account == session.Account) >= MostOfAccount)
            throw new ApiException(ApiErrorCode.TooMany, $"more than {MostOfAccount} transfers of yours wait to begin; use their addresses or wait a minute");
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(TokenSize));
        _waiting[token] = new(session, handOff, time.GetUtcNow() + Life);
        var file = handOff is HandOff.Fetch { FileName: { } name } ? "/" + Uri.EscapeDataString(name) : "";
        return new JsonObject { [handOff is HandOff.Fetch ? "$getFrom" : "$sendTo"] = $"/api/{token}{file}" };
    }

    /// <summary>Takes what waits under an address, when the method is the right one for it. Nobody else gets it afterwards.</summary>
    public bool TryTake(string token, string method, [NotNullWhen(true)] out HandOff? handOff, [NotNullWhen(true)] out ApiSession? session)
    {
        (handOff, session) = (null, null);
        if (!_waiting.TryGetValue(token, out var waiting) || waiting.HandOff is HandOff.Fetch != HttpMethods.IsGet(method)
            || !_waiting.TryRemove(token, out _) || waiting.Until <= time.GetUtcNow())
            return false;
        (handOff, session) = (waiting.HandOff, waiting.Session);
        return true;
    }

    /// <summary>Whether whoever left it may still be served.</summary>
    public Task<bool> IsGoodAsync(ApiSession session, CancellationToken token) => sessions.IsGoodAsync(session, token);

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (token, waiting) in _waiting)
            if (waiting.Until <= now)
                _waiting.TryRemove(token, out _);
    }

    private sealed record Waiting(ApiSession Session, HandOff HandOff, DateTimeOffset Until);
}
