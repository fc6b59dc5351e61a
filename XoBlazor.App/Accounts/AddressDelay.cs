using System.Net;
using System.Net.Sockets;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Slows down whoever guesses passwords from one address, whichever names they try: after ten failures each further one doubles the
/// time until the next attempt, up to five minutes; every six quiet minutes forgive one. In memory and bounded: of very many addresses
/// those that failed longest ago are forgotten. IPv6 counts by /64, which is what one site has. Thread-safe.
/// </summary>
internal sealed class AddressDelay(TimeProvider time)
{
    /// <summary>Failures that cost nothing.</summary>
    public const int Free = 10;

    /// <summary>Addresses remembered at most.</summary>
    public const int MostAddresses = 10_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_forgives = TimeSpan.FromMinutes(6);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Failures> _known = [];

    /// <summary>Addresses remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _known.Count;
        }
    }

    /// <summary>
    /// Begins an attempt, which counts as failed until <see cref="Forgive"/>: many at once must not slip through together. Returns zero,
    /// or how long this address has to wait; then nothing was counted.
    /// </summary>
    public TimeSpan Begin(IPAddress? address)
    {
        var key = Site(address);
        lock (_gate)
        {
            // Read here: of two at the same moment, the one that comes first must not seem to lie in the other's future.
            var now = time.GetUtcNow();
            var failures = Faded(_known.GetValueOrDefault(key), now);
            if (failures.NotBefore > now)
                return failures.NotBefore - now;

            if (!_known.ContainsKey(key) && _known.Count >= MostAddresses)
                MakeRoomLocked(now);
            var count = failures.Count + 1;
            _known[key] = new Failures(count, now, now + DelayAfter(count));
            return TimeSpan.Zero;
        }
    }

    /// <summary>The attempt was right after all. Earlier failures stay: one's own password must not buy guesses at others'.</summary>
    public void Forgive(IPAddress? address)
    {
        var key = Site(address);
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var failures))
                return;
            if (failures.Count <= 1)
                _known.Remove(key);
            else
                _known[key] = failures with { Count = failures.Count - 1, NotBefore = failures.Last };
        }
    }

    /// <summary>What counts as one address, in words; empty where none is known.</summary>
    public static string Site(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"{new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64" : address.ToString();
    }

    /// <summary>What somebody who has to wait is told.</summary>
    public static string Words(TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return $"Too many attempts from your address. Try again in {(seconds < 100 ? $"{seconds} seconds" : $"{(seconds + 59) / 60} minutes")}.";
    }

    private static TimeSpan DelayAfter(int failures)
    {
        if (failures < Free)
            return TimeSpan.Zero;
        var delay = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - Free, 30)));
        return delay < s_longest ? delay : s_longest;
    }

    private static Failures Faded(Failures failures, DateTimeOffset now) =>
        failures.Count == 0 ? default : failures with { Count = Math.Max(0, failures.Count - (int)((now - failures.Last) / s_forgives)) };

    private void MakeRoomLocked(DateTimeOffset now)
    {
        foreach (var (key, _) in _known.Where(one => Faded(one.Value, now).Count == 0).ToList())
            _known.Remove(key);
        while (_known.Count >= MostAddresses)
            _known.Remove(_known.MinBy(one => one.Value.Last).Key);
    }


    private readonly record struct Failures(int Count, DateTimeOffset Last, DateTimeOffset NotBefore);
}
