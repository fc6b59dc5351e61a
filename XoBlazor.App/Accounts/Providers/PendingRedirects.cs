using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>
/// Browsers that were sent to providers. Each is bound to its browser by a random name in a cookie, worth ten minutes and one return; what the provider brings back has to have been
/// begun by the very browser that brings it. In memory and bounded, for each site too, so that nobody pushes all others out. Thread-safe.
/// </summary>
internal sealed class PendingRedirects(ListenPlan plan, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public const int Most = 10_000;
    public const int MostOfOneSite = 500;

    private const int Octets = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingRedirect> _open = new(StringComparer.Ordinal);

    private string CookieName => (plan.HasHttps ? "__Host-" : "") + "xo-redirect";

    /// <summary>Something that nobody guesses.</summary>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    /// <summary>Keeps it for this browser, in place of one begun before.</summary>
    public void Keep(HttpContext context, PendingRedirect pending)
    {
        var name = Random();
        lock (_gate)
        {
            if (context.Request.Cookies[CookieName] is { } before)
                _open.Remove(before);
            MakeRoomLocked(pending.Site);
            _open.Add(name, pending);
        }
        context.Response.Cookies.Append(CookieName, name, Options(context));
    }

    /// <summary>What this browser has begun with a provider and brings back now, for the only time; null when it is none of that, or took too long.</summary>
    public PendingRedirect? Take(HttpContext context, string provider, string? state)
    {
        if (context.Request.Cookies[CookieName] is not { } name || state is null)
            return null;
        lock (_gate)
        {
            if (!_open.TryGetValue(name, out var pending) || pending.Provider != provider || !Same(pending.Question.State, state))
                return null;
            _open.Remove(name);
            context.Response.Cookies.Delete(CookieName, Options(context));
            return pending.Begun + Life > time.GetUtcNow() ? pending : null;
        }
    }

    private void MakeRoomLocked(string site)
    {
        var over = time.GetUtcNow() - Life;
        foreach (var (name, old) in _open)
            if (old.Begun <= over)
                _open.Remove(name);
        if (_open.Values.Count(one => one.Site == site) >= MostOfOneSite)
            _open.Remove(_open.Where(one => one.Value.Site == site).MinBy(one => one.Value.Begun).Key);
        if (_open.Count >= Most)
            _open.Remove(_open.MinBy(one => one.Value.Begun).Key);
    }

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    // Lax: the browser comes back from the provider's site, and has to bring it along.
    private CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = plan.HasHttps || context.Request.IsHttps,
        Path = "/",
        MaxAge = Life,
        IsEssential = true,
    };
}
