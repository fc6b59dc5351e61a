using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace XoBlazor.Benchmarks.Api;

/// <summary>The published server on a fresh data directory, over plain HTTP.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const string Ready = " is ready: ";
    private const string Password = "four words make one";

    private readonly Process _process;
    private readonly Uri _socket;
    private readonly Task _rest;

    private ApiServer(Process process, Uri address, Task rest) => (_process, _socket, _rest) = (process, new UriBuilder(address) { Scheme = "ws", Path = "/api/" }.Uri, rest);

    /// <summary>Processor time spent so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="file">The published file, or an assembly for <c>dotnet</c>.</param>
    public static async Task<ApiServer> StartAsync(string file, string folder)
    {
        string[] arguments = ["--data-dir", folder, "--urls", "http://127.0.0.1:0"];
        var start = file.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [file, .. arguments]) : new ProcessStartInfo(file, arguments);
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = Path.GetDirectoryName(folder);
        start.Environment["Setup__AdminPassword"] = Password;
        // What it can do is measured, not what it allows.
        start.Environment["Api__MostCallsPerSecond"] = start.Environment["Api__MostCallsPerSecondOfUser"] = "1000000";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
                return new(process, new(line[(at + Ready.Length)..].Trim()), process.StandardOutput.ReadToEndAsync());
        throw new InvalidOperationException("the server ended before it was ready");
    }

    public async Task<ClientWebSocket> ConnectAsync()
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(_socket, CancellationToken.None);
        return client;
    }

    public async Task<ClientWebSocket> SignedInAsync()
    {
        var client = await ConnectAsync();
        await client.SendAsync(
            Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"method":"session.signIn","params":{"email":"admin","password":"{{{Password}}}"}}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        await client.ReceiveAsync(new byte[4096].AsMemory(), CancellationToken.None);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _rest;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
