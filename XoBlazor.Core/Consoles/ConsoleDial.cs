using XoBlazor.Core.Consoles.Rfb;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Consoles;

/// <summary>Opens a host's <c>/console</c> (xapi-protocol.md §8.6): from then on the bytes are the console's.</summary>
internal static class ConsoleDial
{
    /// <summary>Fails with <see cref="XapiException"/> when the host is out of reach, and with <see cref="ConsoleDialException"/> when it says no.</summary>
    public static async Task<Stream> OpenAsync(ConsolePlace.There place, CancellationToken cancellation)
    {
        var answer = await place.Connection.ExchangeAsync(place.At, "CONNECT", place.Target, null, cancellation);
        if (answer.Status == 200)
            return answer;
        await answer.DisposeAsync();
        throw new ConsoleDialException(answer.Status switch
        {
            401 or 403 => ("refused", $"{place.HostName} does not take our session for its consoles. It is tried again; if that lasts, look at the pool's user under Settings → Pools."),
            404 => ("no-console", $"{place.HostName} has no console of {place.VmName} yet. It is tried again."),
            503 => ("limit", $"Somebody is at the console of {place.VmName} already, and its pool allows one only. Close the other, or let an administrator change the pool's limit_console_sessions."),
            500 => ("not-here", $"{place.HostName} does not show the console of {place.VmName}: it does not run there, or not yet. It is tried again."),
            var other => ("refused", $"{place.HostName} answered HTTP {other} when it was asked for the console of {place.VmName}. It is tried again."),
        });
    }
}
