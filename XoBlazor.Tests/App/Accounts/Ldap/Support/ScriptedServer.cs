using System.Net;
using System.Net.Sockets;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>A TCP server that does to each connection what the test says; what it does wrong is the test's to see.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _script;
    private readonly Task _run;

    public ScriptedServer(Func<NetworkStream, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _run = RunAsync();
    }

    public int Port { get; }

    public int Connections { get; private set; }

    /// <summary>This server without TLS, and all patience.</summary>
    public LdapTarget Target => new()
    {
        Directory = "Example",
        Host = "127.0.0.1",
        Port = Port,
        Security = LdapSecurity.Plain,
        ConnectTimeout = Patience.Limit,
        AnswerTimeout = Patience.Limit,
    };

    public Task<IDirectoryConnection> ConnectAsync() => new LdapClient(TimeProvider.System).ConnectAsync(Target, TestContext.Current.CancellationToken);

    /// <summary>Takes what comes and never answers.</summary>
    public static Task Silence(NetworkStream stream, CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    /// <summary>Answers each request, message by message: the request's bytes in, any bytes out.</summary>
    public static ScriptedServer Answering(Func<byte[], byte[]> answer) => new(async (stream, token) =>
    {
        while (await ReadMessageAsync(stream, token) is { } request)
            await stream.WriteAsync(answer(request), token);
    });

    /// <summary>One whole BER element; null at the end.</summary>
    public static async Task<byte[]?> ReadMessageAsync(Stream stream, CancellationToken token)
    {
        var header = new byte[2];
        if (await stream.ReadAtLeastAsync(header, 2, throwOnEndOfStream: false, token) < 2)
            return null;
        var lengthBytes = new byte[(header[1] & 0x80) != 0 ? header[1] & 0x7F : 0];
        await stream.ReadExactlyAsync(lengthBytes, token);
        var body = new byte[lengthBytes.Length == 0 ? header[1] : lengthBytes.Aggregate(0, (sum, octet) => (sum << 8) | octet)];
        await stream.ReadExactlyAsync(body, token);
        return [.. header, .. lengthBytes, .. body];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run;
        _listener.Dispose();
    }

    private async Task RunAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _script(client.GetStream(), _end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client has left, or the test is over.
            }
        }
    }
}
