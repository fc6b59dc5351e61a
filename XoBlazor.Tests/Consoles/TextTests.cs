using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Tests.Consoles.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>The text console: the same bytes to all, the last of them to whoever comes later.</summary>
public sealed class TextTests
{
    [Fact]
    public async Task Bytes_GoBothWays_AndTheLastOnesToWhoeverComesLater()
    {
        var host = new TextHost();
        await using var bench = new ConsoleBench(_ => host.Connect());
        using var ada = bench.Serve(await bench.OpenAsync(kind: ConsoleKind.Text));
        await host.SayAsync("login: ");
        var first = await ReadAsync(ada, "login: ");

        await ada.SendAsync("root\r"u8.ToArray(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        await ConsoleBench.UntilAsync(() => host.Heard == "root\r", "what was typed arrived");
        using var bob = bench.Serve(await bench.OpenAsync(kind: ConsoleKind.Text));
        await host.SayAsync("# ");

        Assert.EndsWith("login: ", first, StringComparison.Ordinal);
        Assert.Equal("login: # ", await ReadAsync(bob, "# "));
    }

    [Fact]
    public async Task Typing_WithoutTheRight_IsHeardByNobody()
    {
        var host = new TextHost();
        await using var bench = new ConsoleBench(_ => host.Connect());
        bench.Grant(Role.Custom("watcher", "Watcher", [ConsoleRights.See.Name]));
        using var ada = bench.Serve(await bench.OpenAsync(kind: ConsoleKind.Text));
        await host.SayAsync("$ ");
        await ReadAsync(ada, "$ ");

        await ada.SendAsync("rm -rf /\r"u8.ToArray(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        bench.Grant(Role.Operator);
        await ReadTextAsync(ada, "\"viewOnly\":false");
        await ada.SendAsync("ls\r"u8.ToArray(), WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

        await ConsoleBench.UntilAsync(() => host.Heard == "ls\r", "only what was allowed arrived");
    }

    private static Task<string> ReadAsync(WebSocket socket, string end) => ReadAsync(socket, end, WebSocketMessageType.Binary);

    private static Task<string> ReadTextAsync(WebSocket socket, string part) => ReadAsync(socket, part, WebSocketMessageType.Text);

    /// <summary>What comes in messages of a kind, until it holds a text.</summary>
    private static async Task<string> ReadAsync(WebSocket socket, string until, WebSocketMessageType kind)
    {
        using var patience = XoBlazor.Tests.Support.Patience.Source();
        var (bytes, text) = (new byte[4096], new StringBuilder());
        while (!text.ToString().Contains(until, StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(bytes, patience.Token);
            if (part.MessageType == kind)
                text.Append(Encoding.UTF8.GetString(bytes, 0, part.Count));
        }

        return text.ToString();
    }

    private sealed class TextHost
    {
        private readonly ConcurrentQueue<byte> _heard = new();
        private Stream? _line;

        public string Heard => Encoding.UTF8.GetString([.. _heard]);

        public Stream Connect()
        {
            var (ours, theirs) = StreamPair.Make();
            _ = ListenAsync(ours);
            Volatile.Write(ref _line, ours);
            return theirs;
        }

        public async Task SayAsync(string text)
        {
            await ConsoleBench.UntilAsync(() => Volatile.Read(ref _line) is not null, "the line is up");
            await _line!.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        private async Task ListenAsync(Stream line)
        {
            var bytes = new byte[256];
            while (await line.ReadAsync(bytes) is > 0 and var read)
                foreach (var one in bytes.AsSpan(0, read))
                    _heard.Enqueue(one);
        }
    }
}
