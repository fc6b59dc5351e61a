using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace XoBlazor.App.Api.Limits;

/// <summary>The rate that all connections of one user share. Remembers as many users as there are accounts that ever signed in since the start. Thread-safe.</summary>
internal sealed class UserRates(IOptions<ApiLimits> limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RateLimit> _byUser = new(StringComparer.Ordinal);

    public RateLimit Of(string user) =>
        _byUser.GetOrAdd(user, _ => new(limits.Value.MostCallsPerSecondOfUser, limits.Value.MostCallsPerSecondOfUser * 2, time));
}
