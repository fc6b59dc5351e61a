using Microsoft.Extensions.Hosting;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Administration;
using XoBlazor.App.Backups;
using XoBlazor.App.Data;
using XoBlazor.App.Demo;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Hosting;

/// <summary>The server's life on one data directory: it runs until it is stopped, and starts again by itself on a restored backup.</summary>
internal static class Server
{
    private static readonly TimeSpan s_stopping = TimeSpan.FromSeconds(5);

    /// <summary>Runs until stopped. Throws <see cref="StartupException"/> when it cannot start.</summary>
    public static async Task<int> RunAsync(ServerStart start, Func<ServerStart, WebApplication> build, CancellationToken token)
    {
        MemoryDump.Forbid();
        if (MemoryDump.Warning(Environment.GetEnvironmentVariable) is { } warning)
            Console.WriteLine(warning);
        try
        {
            do
            {
                start.Data.Prepare();
                TakeOverRestore(start.Data);
            }
            while (await RunOnceAsync(start, build, token));
            return 0;
        }
        catch (Exception problem) when (StartFailure.Explain(problem) is { } explained)
        {
            throw explained;
        }
    }

    private static void TakeOverRestore(DataDirectory data)
    {
        var pending = new PendingRestore(data);
        if (!pending.Exists)
            return;

        using var held = DataLock.Take(data);
        if (pending.Apply() is { } kept)
            Console.WriteLine($"Restored a backup; what was there before is kept in {kept}.");
    }

    private static async Task<bool> RunOnceAsync(ServerStart start, Func<ServerStart, WebApplication> build, CancellationToken token)
    {
        RestoreLoop restore;
        BackgroundService[] loops;
        var model = DatabaseModel.BuildAsync();
        await using (var app = build(start))
        {
            await model;
            await PrepareAsync(app.Services, token);
            restore = app.Services.GetRequiredService<RestoreLoop>();
            loops = [.. app.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
            var starting = app.Services.GetRequiredService<StartingUp>();
            var greeting = app.Services.GetRequiredService<Greeting>();
            // Waited for from before the start: a stop may come the moment the server answers.
            var end = app.WaitForShutdownAsync(token);
            await StartAsync(app, loops, token);
            starting.IsOver = true;
            Leftovers.GiveBack();
            greeting.Print();
            await end;
        }
        // A loop that died took the server down with it; a supervisor has to see that in the exit code.
        foreach (var loop in loops.Where(loop => loop.ExecuteTask is { IsFaulted: true }))
            await loop.ExecuteTask!;
        return restore.IsRestartWanted;
    }

    /// <summary>A start that fails stops the loops that have begun already: else they would go on while what they use is taken away, and log what has nothing to do with the failure.</summary>
    private static async Task StartAsync(WebApplication app, BackgroundService[] loops, CancellationToken token)
    {
        try
        {
            await app.StartAsync(token);
        }
        catch
        {
            using var patience = new CancellationTokenSource(s_stopping);
            await Task.WhenAll(loops.Where(loop => loop.ExecuteTask is not null).Select(loop => loop.StopAsync(patience.Token))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static async Task PrepareAsync(IServiceProvider services, CancellationToken token)
    {
        // A right that is declared badly must not wait for the first page that asks.
        services.GetRequiredService<RightCatalogue>();
        await services.GetRequiredService<DatabaseStart>().RunAsync(token);
        services.GetRequiredService<AuditLog>().Open();
        await services.GetRequiredService<SignInSessions>().LoadAsync(token);
        await services.GetRequiredService<AccessPolicyFeed>().ReloadAsync();
        await services.GetRequiredService<DirectoryStore>().ReloadAsync();
        await services.GetRequiredService<FirstAdministrator>().PrepareAsync(token);
        if (services.GetService<DemoPools>() is { } demo)
            await demo.PrepareAsync(token);
    }
}
