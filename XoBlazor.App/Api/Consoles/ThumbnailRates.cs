using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Limits;
using XoBlazor.Core.Consoles;

namespace XoBlazor.App.Api.Consoles;

/// <summary>
/// How many small pictures of screens each user may ask for, in all their windows together: what is read on them stands in no audit, so nobody takes them by the thousand. Remembers as
/// many users as there are accounts that ever asked since the start. Safe from any thread.
/// </summary>
internal sealed class ThumbnailRates(IOptions<ConsoleOptions> settings, TimeProvider time)
{
    /// <summary>Seconds' worth that may come at once: a list that is scrolled through asks for many.</summary>
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<string, RateLimit> _byUser = new(StringComparer.Ordinal);

    /// <summary>Counts a request; false when it is one too many.</summary>
    public bool TryTake(string user) =>
        _byUser.GetOrAdd(user, _ => new(settings.Value.MostThumbnailsPerSecond, AtOnce * settings.Value.MostThumbnailsPerSecond, time)).TryTake();
}
