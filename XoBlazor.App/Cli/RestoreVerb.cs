using System.CommandLine;
using System.Diagnostics;
using XoBlazor.App.Backups;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli;

/// <summary>
/// <c>xo-blazor restore FILE</c>: proves a backup and makes it the data directory's content. A running server takes it over by
/// itself; what was there before is kept.
/// </summary>
internal sealed class RestoreVerb : Command
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public RestoreVerb(CommonOptions common)
        : base("restore", "Replace the data directory's content by a backup; a running server starts again on it")
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'xo-blazor backup' wrote" };
        Add(file);
        SetAction((parsed, token) => RunAsync(common.Data(parsed), Path.GetFullPath(parsed.GetRequiredValue(file)), TimeProvider.System, token));
    }

    private static async Task<int> RunAsync(DataDirectory data, string file, TimeProvider time, CancellationToken token)
    {
        data.Prepare();
        var unpacked = Path.Combine(data.Root, $"restore.unpacked-{Environment.ProcessId}");
        var manifest = BackupReader.Unpack(file, unpacked);
        var pending = new PendingRestore(data);
        pending.Plan(unpacked, time.GetUtcNow());
        await GiveToOwnerAsync(data, unpacked, token);
        pending.Announce(unpacked);

        using var held = DataLock.TryTake(data);
        if (held is null)
        {
            await WaitForServerAsync(pending, time, token);
        }
        else
        {
            TellKept(pending.Apply());
            await GiveToOwnerAsync(data, data.Root, token);
        }
        Console.WriteLine($"Restored {data.Root} from {file}, made {manifest.Created:u} by version {manifest.Version}.");
        return 0;
    }

    private static void TellKept(string? kept)
    {
        if (kept is not null)
            Console.WriteLine($"What was there before is kept in {kept}.");
    }

    private static async Task WaitForServerAsync(PendingRestore pending, TimeProvider time, CancellationToken token)
    {
        Console.WriteLine("A server runs on this data directory; waiting for it to take the backup over.");
        var end = time.GetUtcNow() + s_patience;
        while (pending.Exists)
        {
            if (time.GetUtcNow() > end)
                throw new StartupException("The running server has not taken the backup over. Restart it: the backup is put in place at its next start.");
            await Task.Delay(s_look, time, token);
        }
    }

    // Root restores for a server that runs as another user: the files have to be that user's. Links are given themselves, never what
    // they lead to: that user may have made them.
    private static async Task GiveToOwnerAsync(DataDirectory data, string path, CancellationToken token)
    {
        if (!Environment.IsPrivilegedProcess)
            return;

        using var chown = Process.Start(new ProcessStartInfo("chown") { ArgumentList = { "--recursive", "--no-dereference", $"--reference={data.Root}", path } })
            ?? throw new StartupException("The restored files could not be given to the owner of the data directory: 'chown' did not start.");
        await chown.WaitForExitAsync(token);
        if (chown.ExitCode != 0)
            throw new StartupException($"The restored files could not be given to the owner of {data.Root}; run the command as that user.");
    }
}
