using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.Benchmarks.Mirror;
using XoBlazor.Benchmarks.Objects;
using XoBlazor.Benchmarks.Store;
using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Rest;

/// <summary>The whole server in this process, on a fresh data directory and a port of loopback, with a made pool in its store.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    private const string Administrator = "admin";
    private const double Idle = 0.05;
    private const int People = 8;

    private static readonly TimeSpan s_glance = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly Task<int> _running;
    private readonly CancellationTokenSource _end;

    private RestServer(string folder, WebApplication app, Task<int> running, CancellationTokenSource end) => (_folder, App, _running, _end) = (folder, app, running, end);

    public string Address => App.Urls.First();

    public ObjectStore Store => App.Services.GetRequiredService<ObjectStore>();

    /// <summary>Of several administrators, as one person may not have as many streams as there are clients here.</summary>
    public IReadOnlyList<string> Tokens { get; private set; } = [];

    private WebApplication App { get; }

    public static async Task<RestServer> StartAsync(int vms)
    {
        var folder = Directory.CreateTempSubdirectory("xo-blazor-rest-").FullName;
        var built = new TaskCompletionSource<WebApplication>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ServerStart(new(Path.Combine(folder, "data")), null, Demo: false, new Dictionary<string, string?>
        {
            ["applicationName"] = "xo-blazor",
            ["Urls"] = "http://127.0.0.1:0",
            ["Setup:AdminUser"] = Administrator,
            ["Setup:AdminPassword"] = "four words make one",
            ["Logging:LogLevel:Default"] = "Error",
            // What it can do is measured, not what it allows.
            ["Api:MostCallsPerSecond"] = "1000000",
            ["Api:MostCallsPerSecondOfUser"] = "1000000",
        });
        var end = new CancellationTokenSource();
        var running = XoBlazor.App.Hosting.Server.RunAsync(
            start,
            asked =>
            {
                var app = XoBlazor.App.Program.Build(asked);
                app.Lifetime.ApplicationStarted.Register(() => built.TrySetResult(app));
                return app;
            },
            end.Token);
        var started = await Task.WhenAny(built.Task, running) == built.Task ? await built.Task : throw new InvalidOperationException($"the server ended before it was ready: {await running}");
        var server = new RestServer(folder, started, running, end);
        using (var writer = server.Store.Open(MadePool.Uuid))
            writer.ApplyListing(MadeObjects.All(vms));
        server.Tokens = await server.MakeTokensAsync();
        await SettleAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Waits until the journal has written what came at once.</summary>
    private static async Task SettleAsync()
    {
        TimeSpan used;
        do
        {
            used = OwnProcess.Processor;
            await Task.Delay(s_glance);
        }
        while (OwnProcess.Processor - used > s_glance * Idle);
    }

    private async Task<IReadOnlyList<string>> MakeTokensAsync()
    {
        var services = App.Services;
        await using var database = await services.GetRequiredService<IDbContextFactory<AppDatabase>>().CreateDbContextAsync();
        var first = (await database.Users.SingleAsync()).Id;
        var admin = new Requester(new(AccessPolicyFeed.Text(first), Administrator), "benchmark");
        var tokens = new List<string>();
        for (var i = 0; i < People; i++)
        {
            var one = await services.GetRequiredService<UserAdministration>().CreateAsync(admin, new($"number {i}", "four words make one", MustChangePassword: false), CancellationToken.None);
            await services.GetRequiredService<GrantAdministration>().AddAsync(admin, SubjectKind.User, one, Role.Administrator.Id, AccessScope.Everything.Instance, CancellationToken.None);
            tokens.Add(await services.GetRequiredService<ApiTokens>().CreateAsync(admin, one, "benchmark", TimeSpan.FromDays(1), null, CancellationToken.None));
        }

        return tokens;
    }
}
