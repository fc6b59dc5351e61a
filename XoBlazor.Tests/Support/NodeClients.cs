using System.Diagnostics;

namespace XoBlazor.Tests.Support;

/// <summary>Clients that others wrote for Node.js, as npm has them.</summary>
internal static class NodeClients
{
    private static readonly SemaphoreSlim s_one = new(1, 1);

    /// <summary>Installs what the lock file names, unless it is there. Returns the folder of the scripts that use it.</summary>
    public static async Task<string> InstallAsync(CancellationToken cancellation)
    {
        var clients = Checkout.File("XoBlazor.Tests", "Clients");
        await s_one.WaitAsync(cancellation);
        try
        {
            var (installed, wanted) = (new FileInfo(Path.Combine(clients, "node_modules", ".package-lock.json")), new FileInfo(Path.Combine(clients, "package-lock.json")));
            if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc)
                await RunAsync(clients, "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], cancellation);
        }
        finally
        {
            s_one.Release();
        }
        return clients;
    }

    /// <summary>Runs a program to its end and returns what it printed. A failure fails the test.</summary>
    public static async Task<string> RunAsync(string folder, string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {await errors}");
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
