using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Consoles;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Consoles;

/// <summary>How a host answers who asks for a console: by CONNECT and by WebSocket, with the statuses of the real one.</summary>
public sealed class ConsoleRequestTests : IAsyncLifetime
{
    private SimulatedConsolePool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _pool = await SimulatedConsolePool.StartAsync();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Connect_ToARunningVm_AnswersAsRecordedAndSpeaksRfb()
    {
        var vm = _pool.Vm("web-01");
        var (client, head) = await ConsoleClient.ConnectAsync(_pool.AddressOf(vm), _pool.Port, _pool.Target(vm));
        await using var console = client;

        var name = await client.ShakeHandsAsync();

        Assert.Equal("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nCache-Control: no-cache, no-store\r\n\r\n", head);
        Assert.Equal(("web-01", (720, 450)), (name, client.Size));
    }

    [Fact]
    public async Task Connect_OverTlsWithTheSessionInACookieAndHttp10_Opens()
    {
        var vm = _pool.Vm("web-01");
        var location = new Uri(vm.FollowAll("consoles", "console")[0].Text("location"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(location.Host, _pool.Pool.HttpsUrl.Port, Token);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(location.Host);
        var head = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nCache-Control: no-cache, no-store\r\n\r\n";

        await tls.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {location.PathAndQuery} HTTP/1.0\r\nCookie: session_id={_pool.Rpc.Session}\r\n\r\n"), Token);
        await using var client = new ConsoleClient(tls);

        Assert.Equal(head, Encoding.ASCII.GetString((await client.ReadAsync(head.Length)).Span));
        Assert.Equal("web-01", await client.ShakeHandsAsync());
    }

    [Fact]
    public async Task Connect_ToWhatHasNoConsole_SaysWhyAsTheHostDoes()
    {
        var (running, halted) = (_pool.Vm("web-01"), _pool.Vm("legacy-crm"));
        var elsewhere = _pool.Pool.Hosts.First(host => host.Address != _pool.AddressOf(running)).Address;

        Assert.StartsWith("HTTP/1.1 500 ", await HeadAsync(_pool.AddressOf(running), _pool.Target(halted)), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 500 ", await HeadAsync(elsewhere, _pool.Target(running)), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 500 ", await HeadAsync(elsewhere, $"/console?uuid=nobody&session_id={_pool.Rpc.Session}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 Unauthorised\r\n", await HeadAsync(elsewhere, $"/console?ref={running.Ref}"), StringComparison.Ordinal);
        running["power_state"] = "Paused";
        Assert.StartsWith("HTTP/1.1 500 ", await HeadAsync(_pool.AddressOf(running), _pool.Target(running)), StringComparison.Ordinal);
        running["power_state"] = "Running";
        running.FollowAll("consoles", "console")[0].Destroy();
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await HeadAsync(_pool.AddressOf(running), _pool.Target(running)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_WhereOneSessionIsTheLimit_TurnsTheSecondAway()
    {
        await using var pool = await SimulatedConsolePool.StartAsync(asVersion: "26.1.0");
        pool.Db.Pool["limit_console_sessions"] = true;
        var vm = pool.Vm("web-01");
        var (address, target) = (pool.AddressOf(vm), pool.Target(vm));
        await using (await ConsoleClient.OpenAsync(pool, vm))
            Assert.StartsWith("HTTP/1.1 503 ", await HeadAsync(address, target, pool.Port), StringComparison.Ordinal);

        // The host notices that the first has gone when it has gone, and not before.
        await SimulatedConsolePool.UntilAsync(() => pool.Pool.ConsoleOf("web-01").Viewers == 0, () => Task.Delay(10, Token));
        Assert.StartsWith("HTTP/1.1 200 ", await HeadAsync(address, target, pool.Port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_ToAWebSocket_CarriesTheSameBytes()
    {
        var vm = _pool.Vm("db-master");
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("binary");
        socket.Options.SetRequestHeader("Cookie", $"session_id={_pool.Rpc.Session}");
        using var patience = Patience.Source();

        await socket.ConnectAsync(new($"ws://{_pool.AddressOf(vm)}:{_pool.Port}/console?uuid={vm.Uuid}"), patience.Token);
        await using var client = new ConsoleClient(WebSocketStream.Create(socket, WebSocketMessageType.Binary));

        Assert.Equal("binary", socket.SubProtocol);
        Assert.Equal("db-master", await client.ShakeHandsAsync());
    }

    [Fact]
    public async Task Upgrade_WhereTheHostLacksWebSockets_IsNotImplemented()
    {
        await using var pool = await SimulatedConsolePool.StartAsync(new() { HasConsoleSockets = false });
        var vm = pool.Vm("web-01");

        var (client, head) = await ConsoleClient.ConnectAsync(pool.AddressOf(vm), pool.Port, pool.Target(vm), "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "GET");

        await using (client) Assert.StartsWith("HTTP/1.1 501 ", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_OfARunningVm_IsAPictureAsJpeg()
    {
        var vm = _pool.Vm("web-01");

        var (client, head) = await ConsoleClient.ConnectAsync(_pool.AddressOf(vm), _pool.Port, $"/vncsnapshot?uuid={vm.Uuid}&session_id={_pool.Rpc.Session}", method: "GET");
        await using var picture = client;
        var length = int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
        var bytes = (await client.ReadAsync(length)).ToArray();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/jpeg\r\n", head, StringComparison.Ordinal);
        Assert.Equal("FFD8", Convert.ToHexString(bytes[..2]));
        Assert.Equal("FFD9", Convert.ToHexString(bytes[^2..]));
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        Assert.Equal((450, 720), ((bytes[frame + 5] << 8) | bytes[frame + 6], (bytes[frame + 7] << 8) | bytes[frame + 8]));
    }

    [Fact]
    public async Task Console_OfARealServer_IsPassedThrough()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        _pool.Pool.ServeConsole("web-02", listener.LocalEndpoint);
        var vm = _pool.Vm("web-02");

        var (client, head) = await ConsoleClient.ConnectAsync(_pool.AddressOf(vm), _pool.Port, _pool.Target(vm));
        await using var console = client;
        using var server = await listener.AcceptTcpClientAsync(Token);
        await server.GetStream().WriteAsync("from the server"u8.ToArray(), Token);
        await client.SendAsync("from the client"u8.ToArray());
        var heard = new byte[15];
        await server.GetStream().ReadExactlyAsync(heard, Token);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        Assert.Equal("from the server", Encoding.ASCII.GetString((await client.ReadAsync(15)).Span));
        Assert.Equal("from the client", Encoding.ASCII.GetString(heard));
        server.Close();
        Assert.True(await client.HasEndedAsync());
    }

    [Fact]
    public async Task Text_ConsoleOfAControlDomain_TakesASignIn()
    {
        var console = _pool.Db.Where("console", "protocol", "vt100")[0];
        var domain = console.Follow("VM", "VM")!;

        var (client, _) = await ConsoleClient.ConnectAsync(_pool.AddressOf(domain), _pool.Port, $"/console?uuid={console.Uuid}&session_id={_pool.Rpc.Session}");
        await using var line = client;
        await client.SendAsync("root\rsecret\recho over $((6*7))\r"u8.ToArray());
        var heard = new StringBuilder();
        while (!heard.ToString().Contains("\r\nover $((6*7))\r\n", StringComparison.Ordinal))
            heard.Append((char)(await client.ReadAsync(1)).Span[0]);

        Assert.Contains("login: root\r\nPassword: \r\n", heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", heard.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_ThatIsToFail_FailsOnceAndWorksAgain()
    {
        var vm = _pool.Vm("web-01");
        _pool.Pool.Misbehave(new(FaultKind.Html500) { Method = "CONNECT /console", Times = 1 });

        var (client, head) = await ConsoleClient.ConnectAsync(_pool.AddressOf(vm), _pool.Port, _pool.Target(vm));

        await using (client)
            Assert.StartsWith("HTTP/1.1 500 ", head, StringComparison.Ordinal);
        await using var again = await ConsoleClient.OpenAsync(_pool, vm);
    }

    [Fact]
    public async Task Console_ThatIsToBeCut_IsCutOnceAndWorksAgain()
    {
        var vm = _pool.Vm("web-01");
        _pool.Pool.Misbehave(new(FaultKind.StreamCut) { Method = "CONNECT /console", Times = 1, Bytes = 5 });

        // The cut takes along what was sent before it and not read yet, be it the head; the greeting is never whole.
        await Assert.ThrowsAnyAsync<IOException>(() => ConsoleClient.OpenAsync(_pool, vm));

        await using var again = await ConsoleClient.OpenAsync(_pool, vm);
    }

    [Theory]
    [InlineData("web-01=127.0.0.1:5901", true)]
    [InlineData("web-01=/run/vnc", true)]
    [InlineData("web-01=vnc.example.com:5901", true)]
    [InlineData("web-01", false)]
    [InlineData("web-01=nowhere", false)]
    public void CommandLine_NamesAServer_OrIsRefused(string text, bool isGood)
    {
        string[] arguments = ["--demo", "--console", text];

        if (isGood) Assert.Equal(["web-01"], XoBlazor.Simulator.Hosting.CommandLine.Parse(arguments).Pool.Consoles.Keys);
        else Assert.Contains("VM=host:port", Assert.Throws<SimulatorException>(() => XoBlazor.Simulator.Hosting.CommandLine.Parse(arguments)).Message, StringComparison.Ordinal);
    }

    private async Task<string> HeadAsync(string address, string target, int? port = null)
    {
        var (client, head) = await ConsoleClient.ConnectAsync(address, port ?? _pool.Port, target);
        await using (client) return head;
    }
}
