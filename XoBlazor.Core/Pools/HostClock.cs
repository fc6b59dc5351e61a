using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>Compares a host's clock with ours. XAPI tells whole seconds, so the answer is good to about one.</summary>
internal static class HostClock
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>The host's clock minus ours; null when it does not say.</summary>
    public static async Task<TimeSpan?> OffsetAsync(XapiConnection connection, XenRef<Host> host, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var asked = time.GetUtcNow();
            var text = await connection.CallTextAsync("host.get_servertime", [XapiValue.Ref(host)], cancellation, s_patience);
            var ours = asked + ((time.GetUtcNow() - asked) / 2);
            if (!DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var theirs))
                return null;
            var offset = theirs - ours;
            return offset.Duration() < TimeSpan.FromSeconds(1.5) ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Round(offset.TotalSeconds));
        }
        catch (XapiException)
        {
            return null;
        }
    }
}
