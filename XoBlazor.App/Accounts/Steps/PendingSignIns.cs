using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Accounts.Steps;

/// <summary>
/// Sign-ins between their steps. Each has a random name in a cookie of its own, new at every beginning, worth ten minutes and nothing
/// else; it opens no door by itself. In memory and bounded. Thread-safe.
/// </summary>
internal sealed class PendingSignIns(ListenPlan plan, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int Most = 10_000;
    private const int Octets = 32;

    private readonly ConcurrentDictionary<string, PendingSignIn> _open = new(StringComparer.Ordinal);

    private string CookieName => (plan.HasHttps ? "__Host-" : "") + "xo-sign-in";

    /// <summary>A sign-in after its password, not yet kept.</summary>
    public PendingSignIn Make(Account account, string proofs, string returnTo) => new(account.Id, proofs, returnTo, time.GetUtcNow() + Life) { Stamp = account.SecurityStamp };

    /// <summary>Keeps it for this browser, in place of one begun before.</summary>
    public void Keep(HttpContext context, PendingSignIn pending)
    {
        var now = time.GetUtcNow();
        foreach (var (name, old) in _open)
            if (old.Ends <= now)
                _open.TryRemove(name, out _);
        if (_open.Count >= Most)
            _open.TryRemove(_open.MinBy(one => one.Value.Ends).Key, out _);

        End(context);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));
        _open[id] = pending;
        context.Response.Cookies.Append(CookieName, id, Options(context));
    }

    /// <summary>The sign-in that this browser has begun; null when there is none, or it took too long.</summary>
    public PendingSignIn? Find(HttpContext context) =>
        context.Request.Cookies[CookieName] is { } id && _open.TryGetValue(id, out var pending) && pending.Ends > time.GetUtcNow() ? pending : null;

    /// <summary>Forgets this browser's sign-in.</summary>
    public void End(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { } id)
            return;
        _open.TryRemove(id, out _);
        context.Response.Cookies.Delete(CookieName, Options(context));
    }

    private CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = plan.HasHttps || context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
