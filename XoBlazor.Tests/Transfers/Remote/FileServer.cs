using System.Net;
using System.Net.Sockets;
using System.Text;

namespace XoBlazor.Tests.Transfers.Remote;

/// <summary>A plain HTTP server on loopback that answers each path as it is told, and notes who was asked for.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Dictionary<string, (string Head, byte[] Body)> _answers = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<string> _asked = [];
    private readonly Task _serving;

    public FileServer(string address = "127.0.0.1")
    {
        _listener = new(IPAddress.Parse(address), 0);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The first lines of the requests so far.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public string At(string path, string host = "127.0.0.1") => $"http://{host}:{Port}{path}";

    public FileServer File(string path, byte[] content) => Answer(path, $"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\n", content);

    public FileServer Redirect(string path, string location) => Answer(path, $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n", []);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private FileServer Answer(string path, string head, byte[] body)
    {
        _answers[path] = (head + "Connection: close\r\n\r\n", body);
        return this;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_over.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var first = await reader.ReadLineAsync(_over.Token) ?? "";
            while (await reader.ReadLineAsync(_over.Token) is { Length: > 0 })
            {
            }

            lock (_asked)
                _asked.Add(first);
            var (head, body) = _answers.GetValueOrDefault(first.Split(' ').ElementAtOrDefault(1) ?? "", ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _over.Token);
            await stream.WriteAsync(body, _over.Token);
        }
    }
}
