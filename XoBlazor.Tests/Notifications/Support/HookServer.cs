using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.Notifications.Support;

/// <summary>A web server that takes hooks, on a loopback address of its own.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly List<(IHeaderDictionary Headers, byte[] Body)> _got = [];

    private HookServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(Address, 8080));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            context.Response.StatusCode = Status;
            lock (_got)
                _got.Add((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
        });
    }

    public IPAddress Address { get; } = LoopbackAddress.Next();

    public string Url => $"http://{Address}:8080/hook";

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    public IReadOnlyList<(IHeaderDictionary Headers, byte[] Body)> Got
    {
        get
        {
            lock (_got)
                return [.. _got];
        }
    }

    public static async Task<HookServer> StartAsync(CancellationToken token)
    {
        var server = new HookServer();
        await server._server.StartAsync(token);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
