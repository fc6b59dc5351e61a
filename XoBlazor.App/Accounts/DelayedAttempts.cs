using System.Net;
using Microsoft.Extensions.Hosting;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Keeps the audit's account of attempts from addresses that have to wait (<see cref="AddressDelay"/>): each is counted, and a minute's are one record for
/// each address and way they came, so that a flood is seen and does not fill the disk. What was counted last is written when the server stops. Thread-safe.
/// </summary>
internal sealed class DelayedAttempts(AddressDelay delay, SignInAudit audit, TimeProvider time) : BackgroundService
{
    /// <summary>Records a minute; what comes from further addresses is counted together.</summary>
    public const int MostRecords = 50;

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Dictionary<(string Site, string Face), Counted> _counted = [];
    private long _others;

    /// <summary>Begins an attempt with a password or a second proof (<see cref="AddressDelay.Begin"/>). Zero, or how long the address has to wait; then it is counted here.</summary>
    public TimeSpan Begin(IPAddress? address, string face)
    {
        var wait = delay.Begin(address);
        if (wait > TimeSpan.Zero)
            Count(address, face);
        return wait;
    }

    /// <summary>
    /// A token was no good. Only failures count with tokens: somebody else's guesses behind the same address must not stop a program with a good one.
    /// </summary>
    public async Task RefusedTokenAsync(IPAddress? address, string face)
    {
        if (Begin(address, face) == TimeSpan.Zero)
            await audit.RefusedAsync(null, null, address?.ToString(), "no such token, or it ran out", face);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Count(IPAddress? address, string face)
    {
        var key = (AddressDelay.Site(address), face);
        lock (_gate)
        {
            if (_counted.TryGetValue(key, out var counted))
                _counted[key] = counted with { Attempts = counted.Attempts + 1 };
            else if (_counted.Count < MostRecords)
                _counted.Add(key, new(address?.ToString(), 1));
            else
                _others++;
        }
    }

    private async Task WriteAsync()
    {
        Dictionary<(string Site, string Face), Counted> counted;
        long others;
        lock (_gate)
        {
            (counted, others) = (_counted, _others);
            (_counted, _others) = ([], 0);
        }

        foreach (var ((site, face), (address, attempts)) in counted)
            await audit.DelayedAsync(address, face, attempts, $"from {(site.Length == 0 ? "an unknown address" : site)}");
        if (others > 0)
            await audit.DelayedAsync(null, null, others, "from further addresses");
    }

    /// <param name="Address">The first one's.</param>
    private readonly record struct Counted(string? Address, long Attempts);
}
