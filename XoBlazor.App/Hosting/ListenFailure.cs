using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace XoBlazor.App.Hosting;

/// <summary>Puts into words why an address could not be listened on.</summary>
internal static class ListenFailure
{
    public static StartupException? Explain(Exception problem) => problem switch
    {
        IOException { InnerException: AddressInUseException } => new StartupException(
            $"{problem.Message.TrimEnd('.')}. Stop the program that uses it (ss -ltnp shows which one), or choose another port with --urls.", problem),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new StartupException(
            "This user may not listen on that port. Choose a port above 1023 with --urls, or allow it (AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd unit).", problem),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => new StartupException(
            "An address in --urls does not belong to this machine. Use * for all addresses, or one that 'ip address' lists.", problem),
        _ => null,
    };
}
