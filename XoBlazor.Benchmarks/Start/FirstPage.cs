using System.Diagnostics;
using System.Net;
using System.Net.Security;
using XoBlazor.Benchmarks.Mirror;

namespace XoBlazor.Benchmarks.Start;

/// <summary>One start of the server, from the process to the first page it answers; then it is stopped as a supervisor would.</summary>
internal sealed record FirstPage(double Seconds, double ProcessorSeconds, double ResidentMiB)
{
    private const string Ready = " is ready: ";

    public static async Task<FirstPage> TakeAsync(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var start = new ProcessStartInfo(file, ["--data-dir", Path.Combine(folder, "data"), "--urls", "https://127.0.0.1:0"]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["Setup__AdminPassword"] = "four words make one";
        using var client = Client();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            using var answer = await client.GetAsync(new Uri(await AddressAsync(process), "/sign-in"));
            await answer.Content.ReadAsByteArrayAsync();
            var seconds = watch.Elapsed.TotalSeconds;
            return answer.StatusCode == HttpStatusCode.OK
                ? new(seconds, process.TotalProcessorTime.TotalSeconds, OwnProcess.ResidentMiBOf(process.Id))
                : throw new InvalidOperationException($"the sign-in page answered {(int)answer.StatusCode}");
        }
        finally
        {
            await StopAsync(process);
        }
    }

    // The certificate is the one that the server has just made for itself; nothing is sent to it.
    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    });

    private static async Task<Uri> AddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
                return new(line[(at + Ready.Length)..].Trim());
        throw new InvalidOperationException("the server ended before it was ready");
    }

    private static async Task StopAsync(Process process)
    {
        if (process.HasExited)
            return;
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        // What it still prints is read away, so that it never waits for us.
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
    }
}
