using System.Globalization;
using System.IO.Compression;
using System.Text;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Simulator.Wire;

/// <summary>What a host has written down: its logs as an archive, and who called what (xapi-protocol.md §8.8).</summary>
internal static class LogPages
{
    private static readonly string[] s_files = ["var/log/xensource.log", "var/log/daemon.log", "var/log/SMlog"];

    public static Task LogsAsync(PoolSimulator pool, HttpContext http) => StreamAsync(pool, http, "Downloading host logs", "application/octet-stream", async (host, output, token) =>
    {
        await using var archive = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        var block = new byte[TarHeader.Block];
        foreach (var file in s_files)
        {
            var text = Encoding.UTF8.GetBytes($"{Stamp(pool)} {host} {Path.GetFileName(file)}: a simulated host writes no more than this\n");
            new TarHeader(file, text.Length).Write(block);
            await archive.WriteAsync(block, token);
            await archive.WriteAsync(text, token);
            await archive.WriteAsync(new byte[TarHeader.PaddingOf(text.Length)], token);
        }

        await archive.WriteAsync(new byte[2 * TarHeader.Block], token);
    });

    /// <summary>One line, of somebody who logged in.</summary>
    public static Task AuditAsync(PoolSimulator pool, HttpContext http) => StreamAsync(pool, http, "Downloading audit log", "text/plain", (host, output, token) =>
        output.WriteAsync(Encoding.UTF8.GetBytes($"[{Stamp(pool)}|audit|{host}|1 |session.login_with_password|audit] ('trackid=0' 'LOCAL_SUPERUSER' '{pool.Options.User}' 'ALLOWED' 'OK' 'API' 'session.login_with_password' ())\n"), token).AsTask());

    private static string Stamp(PoolSimulator pool) => pool.Time.GetUtcNow().ToString("yyyyMMdd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task StreamAsync(PoolSimulator pool, HttpContext http, string label, string type, Func<string, Stream, CancellationToken, Task> write)
    {
        var answer = new StreamAnswer(pool, http);
        if (await answer.RedirectAsync(pool.Db.Get("host", answer.Host))) return;
        await answer.RunAsync(label, XapiException.Internal("Unix.Unix_error(Unix.EPIPE, \"write\", \"\")"), async task =>
        {
            await answer.StartAsync(task, type);
            await write(pool.Db.Get("host", answer.Host).Text("hostname"), answer.Output, task.Token);
            return "";
        });
    }
}
