using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Core.Transfers.Remote;

/// <summary>
/// The way out to servers that somebody else named: a name is looked up once, all that it stands for is judged, and the connection goes to one of the very addresses that were judged, so that
/// the name cannot stand for others in between. For <see cref="System.Net.Http.SocketsHttpHandler.ConnectCallback"/>.
/// </summary>
public static class JudgedConnection
{
    /// <summary>Fails as <paramref name="refusal"/> says where one of the addresses is not allowed, and otherwise as the last of them did.</summary>
    public static async ValueTask<Stream> OpenAsync(
        DnsEndPoint there, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, Func<IPAddress, bool> isAllowed, Func<string, Exception> refusal, CancellationToken token)
    {
        var addresses = IPAddress.TryParse(there.Host.Trim('[', ']'), out var literal) ? [literal] : await lookUp(there.Host, token);
        if (!addresses.All(isAllowed))
            throw refusal(there.Host);
        Exception last = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, there.Port), token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception failed)
            {
                socket.Dispose();
                if (failed is not SocketException)
                    throw;
                last = failed;
            }
        }

        throw last;
    }

    /// <summary>The refusal among the causes of a request that failed; null when it failed otherwise.</summary>
    public static TRefusal? RefusalIn<TRefusal>(Exception failed) where TRefusal : Exception
    {
        for (Exception? cause = failed; cause is not null; cause = cause.InnerException)
            if (cause is TRefusal refusal)
                return refusal;
        return null;
    }
}
