using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.App.Api.JsonRpc;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Feed;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>The API's own socket, list and feed behind Kestrel on a port of loopback, without sign-in: <c>/list</c> and <c>/feed</c>.</summary>
internal sealed class ObjectServer : IAsyncDisposable
{
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly VisibleStores _stores;
    private readonly XoFeeds _feeds = new(TimeProvider.System, NullLogger<XoFeeds>.Instance);

    private ObjectServer(ObjectStore store)
    {
        Store = store;
        _stores = new(store, new(store), TimeProvider.System, NullLogger<VisibleStores>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/list", http => WithSocketAsync(http, socket => socket.SendAsync("""{"id":1,"jsonrpc":"2.0","result":"""u8.ToArray(), new XoObjectList(store.Current, XoFilter.Everything), "}"u8.ToArray(), http.RequestAborted).AsTask()));
        _app.Map("/feed", http => WithSocketAsync(http, socket => FeedAsync(socket, http.RequestAborted)));
    }

    public ObjectStore Store { get; }

    public string Address => _app.Urls.First().Replace("http", "ws", StringComparison.Ordinal);

    public static async Task<ObjectServer> StartAsync(ObjectStore store)
    {
        var server = new ObjectServer(store);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _feeds.DisposeAsync();
        await _app.DisposeAsync();
        _stores.Dispose();
    }

    private static async Task WithSocketAsync(HttpContext http, Func<RpcSocket, Task> work)
    {
        using var accepted = await http.WebSockets.AcceptWebSocketAsync();
        using var socket = new RpcSocket(accepted, s_slow, TimeProvider.System);
        try
        {
            await work(socket);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
    }

    private async Task FeedAsync(RpcSocket socket, CancellationToken gone)
    {
        using var view = _stores.For(Actor.System);
        using var reader = _feeds.Open(view);
        await foreach (var message in reader.ReadAsync(gone))
            await socket.SendAsync(message, gone);
    }
}
