using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Consoles;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// Consoles of VMs (xapi-protocol.md §8.6): by CONNECT, after whose answer the bytes are the console's, or by WebSocket. Only the host where a VM runs has its console.
/// </summary>
internal static class ConsolePages
{
    /// <summary>What RFC 6455 §1.3 has a server put behind the client's key.</summary>
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static Task ConnectAsync(PoolSimulator pool, HttpContext http) => !pool.Options.HasConsoleTunnels
        ? RequestHandler.AnswerAsync(http, HtmlPage.NotImplemented("CONNECT")) : OpenAsync(pool, http, async (console, vm, fault) =>
        {
            var raw = PatientConnection.TakeBoth(http);
            await SendHeadAsync(raw, "200 OK", "Connection: keep-alive\r\nCache-Control: no-cache, no-store\r\n", http.RequestAborted);
            await ServeAsync(pool, http, console, vm, raw, fault);
        });

    public static async Task UpgradeAsync(PoolSimulator pool, HttpContext http)
    {
        var key = http.Request.Headers.SecWebSocketKey.ToString();
        if (!pool.Options.HasConsoleSockets)
            await RequestHandler.AnswerAsync(http, HtmlPage.NotImplemented("GET"));
        else if (key.Length == 0)
            await RequestHandler.AnswerAsync(http, HtmlPage.BadRequest);
        else
            await OpenAsync(pool, http, async (console, vm, fault) =>
            {
                var raw = PatientConnection.TakeBoth(http);
                var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));
                await SendHeadAsync(raw, "101 Switching Protocols", $"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: binary\r\n", http.RequestAborted);
                using var socket = WebSocket.CreateFromStream(raw, new WebSocketCreationOptions { IsServer = true, SubProtocol = "binary" });
                await using var stream = WebSocketStream.Create(socket, WebSocketMessageType.Binary);
                await ServeAsync(pool, http, console, vm, stream, fault);
            });
    }

    public static Task SnapshotAsync(PoolSimulator pool, HttpContext http) => OpenAsync(pool, http, async (_, vm, _) =>
    {
        var (width, height, shades) = pool.Consoles.Of(vm).Screen.Shades();
        http.Response.Headers.ContentDisposition = "attachment; filename=\"snapshot.jpg\"";
        await RequestHandler.AnswerAsync(http, 200, "image/jpeg", JpegPicture.Encode(width, height, shades));
    });

    private static async Task OpenAsync(PoolSimulator pool, HttpContext http, Func<DbObject, DbObject, Fault?, Task> open)
    {
        var answer = new StreamAnswer(pool, http);
        var fault = pool.Faults.TakeForStream(http);
        var vm = answer.Find("VM", "ref", "uuid");
        var console = vm is null ? answer.Find("console", "ref", "uuid") : vm.FollowAll("consoles", "console").FirstOrDefault(row => row.Text("protocol") == "rfb");
        vm ??= console?.Follow("VM", "VM");
        if (vm is null)
            await RequestHandler.AnswerAsync(http, HtmlPage.InternalError("Failure(\"neither a VM nor a console\")"));
        else if (vm.Text("power_state") != "Running" || vm.Text("resident_on") != answer.Host)
            await RequestHandler.AnswerAsync(http, HtmlPage.InternalError($"Failure(\"VM {vm.Ref} is not running on this host\")"));
        else if (console is null)
            await RequestHandler.AnswerAsync(http, HtmlPage.NotFound);
        else if (pool.Db.Pool.Bool("limit_console_sessions") && pool.Consoles.ViewersOf(console) > 0)
            await RequestHandler.AnswerAsync(http, HtmlPage.ServiceUnavailable);
        else
            await open(console, vm, fault);
    }

    private static async Task ServeAsync(PoolSimulator pool, HttpContext http, DbObject console, DbObject vm, Stream stream, Fault? fault)
    {
        var guest = pool.Consoles.Of(vm);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, pool.Stopping, guest.End);
        if (fault is not null) stream = new DuplexStream(stream, new FaultyStream(stream, fault, pool.Time, http, end.Token));
        pool.Consoles.Enter(console);
        guest.Enter();
        try
        {
            if (console.Text("protocol") == "vt100")
            {
                await TextConsole.RunAsync(guest, stream, pool.Time, end.Token);
            }
            else if (pool.Consoles.ServerOf(vm) is { } server)
            {
                await using var behind = await ForeignServer.ConnectAsync(server, end.Token);
                await ForeignServer.RelayAsync(stream, behind, end.Token);
            }
            else
            {
                await new RfbServer(guest, stream).RunAsync(end.Token);
            }
        }
        catch (Exception error) when (error is IOException or WebSocketException or InvalidDataException or OperationCanceledException or XapiException or System.Net.Sockets.SocketException)
        {
            // Client, domain or pool ended, or the client spoke nonsense: the connection goes, and nobody is told why.
        }
        finally
        {
            guest.Leave();
            pool.Consoles.Leave(console);
        }
    }

    private static async Task SendHeadAsync(Stream stream, string status, string headers, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\n"), cancellation);
        await stream.FlushAsync(cancellation);
    }
}
