using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using XoBlazor.Simulator.Wire;

namespace XoBlazor.Simulator.Hosting;

/// <summary>The web server of one pool: every address of its hosts, with and without TLS, on one pair of ports.</summary>
internal sealed class PoolServer : IAsyncDisposable
{
    private const int Attempts = 10;

    /// <summary>xapi answers a header over its limit with a page; beyond this not even that.</summary>
    private const int LongestHeader = 64 * 1024;

    private readonly WebApplication _app;

    private PoolServer(WebApplication app, int httpPort, int httpsPort) => (_app, HttpPort, HttpsPort) = (app, httpPort, httpsPort);

    public int HttpPort { get; }

    public int HttpsPort { get; }

    /// <summary>Starts listening. A port of zero is replaced by one that is free at every address of the pool.</summary>
    public static async Task<PoolServer> StartAsync(PoolSimulator pool, int httpPort, int httpsPort, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var http = httpPort > 0 ? httpPort : FreePort();
            var https = httpsPort > 0 ? httpsPort : FreePort();
            pool.HttpsPort = https;
            var app = Build(pool, http, https);
            try
            {
                await app.StartAsync(cancellation);
                return new(app, http, https);
            }
            catch (IOException e) when (e.InnerException is AddressInUseException)
            {
                await app.DisposeAsync();
                if ((httpPort > 0 && httpsPort > 0) || attempt == Attempts)
                    throw new SimulatorException(
                        $"port {http} or {https} is taken: {e.Message} Choose others with --http-port and --https-port (0 finds free ones).", e);
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Build(PoolSimulator pool, int httpPort, int httpsPort)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = kestrel.Limits.MaxRequestLineSize = LongestHeader;
            kestrel.Limits.MaxRequestBufferSize = 2 * LongestHeader;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
            foreach (var address in pool.Addresses.All)
            {
                kestrel.Listen(address, httpPort, listen => Configure(listen, pool, isSecure: false));
                kestrel.Listen(address, httpsPort, listen => Configure(listen, pool, isSecure: true));
            }
        });
        var app = builder.Build();
        var handler = new RequestHandler(pool, http => pool.Addresses.HostAt(http.Connection.LocalIpAddress));
        app.Run(http => PatientConnection.AnswerAsync(http, pool.Interceptor is { } interceptor ? one => interceptor(one, handler.HandleAsync) : handler.HandleAsync));
        return app;
    }

    private static void Configure(ListenOptions listen, PoolSimulator pool, bool isSecure)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use((connection, next) => pool.Connections.ServeAsync(connection, next));
        if (isSecure)
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                // Real hosts take nothing else.
                SslProtocols = System.Security.Authentication.SslProtocols.Tls12,
                ServerCertificateSelector = (connection, _) =>
                    pool.Certificates.Of(pool.Addresses.HostAt((connection?.LocalEndPoint as IPEndPoint)?.Address)),
            });
        listen.Use(next => connection => PatientConnection.ServeAsync(connection, next));
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
