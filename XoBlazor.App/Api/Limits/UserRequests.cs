using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.Limits;

/// <summary>The requests of each user where each stands for itself: so many a second, and so many under way. Thread-safe.</summary>
internal sealed class UserRequests(UserRates rates, IOptions<ApiLimits> limits)
{
    private readonly ConcurrentDictionary<string, int> _byUser = new(StringComparer.Ordinal);

    /// <summary>Counts a request until what is returned is disposed. Fails with <see cref="ApiException"/> when it is one too many, or comes too soon.</summary>
    public IDisposable Enter(string user)
    {
        if (!rates.Of(user).TryTake())
            throw new ApiException(ApiErrorCode.TooMany, "too many requests a second; slow down and try again");
        var entered = new Leaving(this, user);
        if (_byUser.AddOrUpdate(user, 1, static (_, count) => count + 1) <= limits.Value.MostCallsInFlight)
            return entered;
        entered.Dispose();
        throw new ApiException(ApiErrorCode.TooMany, $"more than {limits.Value.MostCallsInFlight} requests of yours are under way; wait for answers");
    }

    private void Leave(string user)
    {
        if (_byUser.AddOrUpdate(user, 0, static (_, count) => count - 1) <= 0)
            _byUser.TryRemove(new(user, 0));
    }

    private sealed class Leaving(UserRequests home, string user) : IDisposable
    {
        public void Dispose() => home.Leave(user);
    }
}
