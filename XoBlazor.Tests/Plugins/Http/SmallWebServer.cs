using System.Net;
using System.Net.Sockets;
using System.Text;

namespace XoBlazor.Tests.Plugins.Http;

/// <summary>A web server on loopback: says what it was sent, sends elsewhere, or says too much.</summary>
internal sealed class SmallWebServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;
    private int _asked;

    public SmallWebServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        // The name in the request is the plugin's matter.
        _listener.Prefixes.Add($"http://*:{Port}/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    public int Port { get; }

    public int Asked => Volatile.Read(ref _asked);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _asked);
            using var reader = new StreamReader(context.Request.InputStream);
            var sent = await reader.ReadToEndAsync();
            var body = context.Request.Url!.AbsolutePath == "/large" ? new string('x', 2 * 1024 * 1024) : $"{context.Request.HttpMethod} {context.Request.Headers["X-Token"]} {sent}";
            if (context.Request.Url.AbsolutePath == "/elsewhere")
                context.Response.Redirect("http://127.0.0.1:1/inside");
            try
            {
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception left) when (left is HttpListenerException or IOException or ObjectDisposedException)
            {
                // Whoever asked had enough.
            }
        }
    }
}
