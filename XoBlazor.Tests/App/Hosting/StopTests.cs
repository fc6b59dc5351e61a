using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Hosting;

/// <summary>A server that has stopped has closed all it opened, and said goodbye to whoever was there.</summary>
public sealed class StopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_KeepsTheDataDirectoryUntilItsLastServiceIsGone()
    {
        using var folder = new TempFolder();
        var isHeld = false;
        await using (var server = new TestServer(folder).With(services => services.AddSingleton<IApiMethods>(provider => new Last(provider.GetRequiredService<DataDirectory>(), held => isHeld = held))))
            server.Browser().Dispose();

        Assert.True(isHeld);
    }

    [Fact]
    public async Task Stop_LeavesNoFileOpen()
    {
        using var folder = new TempFolder();
        await using (var server = new TestServer(folder))
        {
            using var browser = server.Browser();
            await TestServer.SignInAsync(browser);
            Assert.NotEmpty(OpenIn(folder));
        }

        Assert.Empty(OpenIn(folder));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => file.EndsWith("-wal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_WithASocketOpen_SaysGoodbyeAndEndsItsSession()
    {
        using var folder = new TempFolder();
        using var log = new CapturedLog();
        using var patience = Patience.Source();
        using var socket = new ClientWebSocket();
        await using var client = new RpcClient(socket);
        Task<WebSocketCloseStatus?> closed;
        await using (var server = new TestServer(folder).With(log).OnAPort())
        {
            await socket.ConnectAsync(new UriBuilder(server.Address!) { Scheme = "ws", Path = "/api/" }.Uri, patience.Token);
            await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
            closed = client.ClosedAsync();
        }

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await closed);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains(nameof(ObjectDisposedException), StringComparison.Ordinal));
        await using var after = new TestServer(folder);
        after.Browser().Dispose();
        await using var database = await after.DatabaseAsync();
        Assert.Empty(await database.Sessions.ToListAsync(Token));
    }

    /// <summary>The files of a folder that this process has open.</summary>
    private static IEnumerable<string> OpenIn(TempFolder folder) => Directory.EnumerateFiles("/proc/self/fd")
        .Select(descriptor => new FileInfo(descriptor).LinkTarget).OfType<string>().Where(file => file.StartsWith(folder.Path, StringComparison.Ordinal));

    /// <summary>One of the services that are made before the server starts.</summary>
    private sealed class Last(DataDirectory data, Action<bool> tell) : IApiMethods, IDisposable
    {
        public IEnumerable<ApiMethod> Methods => [];

        public void Dispose()
        {
            using var taken = DataLock.TryTake(data);
            tell(taken is null);
        }
    }
}
