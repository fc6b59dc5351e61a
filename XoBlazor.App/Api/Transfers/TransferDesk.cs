using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Api.Transfers;

/// <summary>
/// The addresses from which what an operation sends is fetched, once, and to which what it takes is sent, in one piece or, after a lost connection, in several. An
/// address cannot be guessed, waits for a minute, is its owner's alone and is never logged. In memory and bounded. Safe from any thread.
/// </summary>
public sealed class TransferDesk(OperationRunner runner, AccessEngine access, TimeProvider time, IHostApplicationLifetime? lifetime = null)
{
    public const string Root = "/api/transfers/";

    /// <summary>How long an address waits to be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    /// <summary>Addresses of one person that wait or are in use at once.</summary>
    public const int MostOfOne = 100;

    private const int TokenSize = 32;

    private readonly ConcurrentDictionary<string, (TransferOffer Offer, DateTimeOffset Until)> _downloads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    private CancellationToken Stopping => lifetime?.ApplicationStopping ?? CancellationToken.None;

    /// <summary>
    /// Looks whether the operation would be begun, and returns where its bytes are fetched or sent. Fails with <see cref="OperationRefusedException"/> when it would not.
    /// </summary>
    public string Offer(TransferOffer offer)
    {
        Forget();
        if (runner.Review(offer.Owner.Requester, offer.Operation, offer.Target, offer.Arguments, isNow: true) is { } obstacle)
            throw new OperationRefusedException(obstacle);
        var actor = offer.Owner.Requester.Actor.Id;
        if (_downloads.Values.Count(one => one.Offer.Owner.Requester.Actor.Id == actor) + _uploads.Values.Count(one => one.Owner.Requester.Actor.Id == actor) >= MostOfOne)
            throw new OperationRefusedException($"More than {MostOfOne} transfers of yours wait or run. Let some of them end first.");
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(TokenSize));
        if (offer.Operation.Bytes == TransferDirection.Out)
            _downloads[token] = (offer, time.GetUtcNow() + Life);
        else
            _uploads[token] = new(offer, source => StartAsync(offer, source), MayGoOnAsync, time);
        return Root + token;
    }

    /// <summary>What is to be fetched, for its owner. Nobody gets it again.</summary>
    public bool TryTake(HttpContext http, string token, [NotNullWhen(true)] out TransferOffer? offer)
    {
        offer = _downloads.TryGetValue(token, out var waiting) && waiting.Offer.Owner.IsFrom(http) && _downloads.TryRemove(token, out _) && waiting.Until > time.GetUtcNow() ? waiting.Offer : null;
        return offer is not null;
    }

    /// <summary>What is being sent, for its owner.</summary>
    internal bool TryFind(HttpContext http, string token, [NotNullWhen(true)] out Upload? upload)
    {
        Forget();
        return _uploads.TryGetValue(token, out upload) && upload.Owner.IsFrom(http);
    }

    /// <summary>Begins it, or tells its owner why not: fails with <see cref="OperationRefusedException"/>.</summary>
    public async Task<OperationRun> StartAsync(TransferOffer offer, TransferEnd end)
    {
        try
        {
            if (!await offer.Owner.IsGood(Stopping))
                throw new OperationRefusedException("You are not signed in any more. Sign in and begin again.", RefusalReason.NoRight);
            var run = await runner.StartAsync(offer.Owner.Requester, offer.Operation, offer.Target, offer.Arguments, Stopping, end);
            offer.Begun?.Invoke(run);
            return run;
        }
        catch (OperationRefusedException refused)
        {
            offer.Refused?.Invoke(refused.Message);
            throw;
        }
    }

    /// <summary>The owner is signed in and has the right still.</summary>
    public async Task<bool> MayGoOnAsync(TransferOffer offer, CancellationToken token) =>
        await offer.Owner.IsGood(token) && access.Refusal(offer.Owner.Requester.Actor, offer.Operation.Right, offer.Target) is null;

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (token, waiting) in _downloads)
            if (waiting.Until <= now)
                _downloads.TryRemove(token, out _);
        foreach (var (token, upload) in _uploads)
            if (upload.IsForgotten(now))
                _uploads.TryRemove(token, out _);
    }
}
