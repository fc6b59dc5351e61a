using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// Opens a host's <c>/console</c> (xapi-protocol.md §8.6): from then on the bytes are the console's. By CONNECT, which hosts of all ages have and which adds nothing to the bytes; where that
/// is not let through, as by a proxy before a host, by WebSocket, if the host has it.
/// </summary>
internal static class ConsoleDial
{
    private const int Opened = 200;
    private const int Upgraded = 101;
    private const string SomeHost = "Its host";

    /// <summary>Fails with <see cref="XapiException"/> when the host is out of reach, and with <see cref="ConsoleDialException"/> when it says no.</summary>
    public static async Task<Stream> OpenAsync(ConsolePlace.There place, CancellationToken cancellation)
    {
        var tunnel = await place.Connection.ExchangeAsync(place.At, "CONNECT", place.Target, null, cancellation);
        if (tunnel.Status == Opened)
            return tunnel;
        await tunnel.DisposeAsync();
        if (!IsUnknown(tunnel.Status))
            throw Refusal(tunnel.Status, place);
        var socket = await place.Connection.UpgradeAsync(place.At, place.Target, cancellation);
        if (socket.Status == Upgraded)
            return new HostSocket(socket);
        await socket.DisposeAsync();
        throw Refusal(socket.Status, place);
    }

    /// <summary>The request itself is not understood, or not let through; nothing is said of the console.</summary>
    private static bool IsUnknown(int status) => status is 400 or 405 or 501;

    private static ConsoleDialException Refusal(int status, ConsolePlace.There place) =>
        new(CodeOf(status), Words(status, place.HostName, place.VmName), Words(status, SomeHost, place.VmName));

    private static string CodeOf(int status) => status switch
    {
        404 => "no-console",
        500 => "not-here",
        503 => "limit",
        _ => "refused",
    };

    private static string Words(int status, string host, string vm) => status switch
    {
        401 or 403 => $"{host} does not take our session for its consoles. It is tried again; if that lasts, look at the pool's user under Settings → Pools.",
        404 => $"{host} has no console of {vm} yet. It is tried again.",
        503 => $"Somebody is at the console of {vm} already, and its pool allows one only. Close the other, or let an administrator change the pool's limit_console_sessions.",
        500 => $"{host} does not show the console of {vm}: it does not run there, or not yet. It is tried again.",
        _ when IsUnknown(status) => $"{host} gives consoles neither by CONNECT nor by WebSocket. If a proxy stands before it, let CONNECT through there. It is tried again.",
        _ => $"{host} answered HTTP {status} when it was asked for the console of {vm}. It is tried again.",
    };
}
