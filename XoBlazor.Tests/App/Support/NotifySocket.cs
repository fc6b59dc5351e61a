using System.Net.Sockets;
using System.Text;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>The socket that systemd listens on for a service's messages.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(TempFolder folder)
    {
        Path = folder.File("notify");
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
    }

    public string Path { get; }

    public async Task<string> NextAsync()
    {
        using var patience = Patience.Source();
        var message = new byte[4096];
        return Encoding.UTF8.GetString(message, 0, await _socket.ReceiveAsync(message, patience.Token));
    }

    public void Dispose() => _socket.Dispose();
}
