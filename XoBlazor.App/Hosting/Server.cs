using Microsoft.Extensions.Hosting;
using XoBlazor.App.Accounts;
using XoBlazor.App.Data;

namespace XoBlazor.App.Hosting;

/// <summary>One run of the server on one data directory, from taking the directory's lock to the last reply.</summary>
internal static class Server
{
    /// <summary>Runs until stopped. Throws <see cref="StartupException"/> when it cannot start.</summary>
    public static async Task<int> RunAsync(ServerStart start, Func<ServerStart, WebApplication> build, CancellationToken token)
    {
        start.Data.Prepare();
        await using var app = build(start);
        await PrepareAsync(app.Services, token);
        await StartAsync(app, token);
        app.Services.GetService<Greeting>()?.Print();
        await app.WaitForShutdownAsync(token);
        return 0;
    }

    private static async Task PrepareAsync(IServiceProvider services, CancellationToken token)
    {
        services.GetRequiredService<DataLock>();
        await services.GetRequiredService<DatabaseStart>().RunAsync(token);
        await services.GetRequiredService<SignInSessions>().LoadAsync(token);
        await services.GetRequiredService<FirstAdministrator>().PrepareAsync(token);
    }

    private static async Task StartAsync(WebApplication app, CancellationToken token)
    {
        try
        {
            await app.StartAsync(token);
        }
        catch (Exception problem) when (ListenFailure.Explain(problem) is { } explained)
        {
            throw explained;
        }
    }
}
