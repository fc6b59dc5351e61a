using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XoBlazor.App.Administration;
using XoBlazor.App.Components;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Tests.Plugins;

namespace XoBlazor.Tests.Components.Support;

/// <summary>The console on a real port, without accounts and pools: whoever tests it fills the store.</summary>
public sealed class ConsoleHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _journal;

    private ConsoleHost(WebApplication app, string journal) => (_app, _journal) = (app, journal);

    /// <summary>The address it was started at, to start another in its place.</summary>
    public string StartedAt { get; private init; } = "";

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public ObjectStore Store => _app.Services.GetRequiredService<ObjectStore>();

    public JournalReader Journal => _app.Services.GetRequiredService<JournalReader>();

    internal HistoryStore History => _app.Services.GetRequiredService<HistoryStore>();

    public AccessEngine Access => _app.Services.GetRequiredService<AccessEngine>();

    public PoolFleet Fleet => _app.Services.GetRequiredService<PoolFleet>();

    public static async Task<ConsoleHost> StartAsync(CancellationToken token, string url = "http://127.0.0.1:0", Action<IServiceCollection>? more = null)
    {
        var journal = Directory.CreateTempSubdirectory("xo-blazor-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(XoBlazor.App.Program).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Development",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton<IPoolSettingsStore, KeptPools>();
        builder.Services.AddJournal(journal);
        builder.Services.AddPools();
        builder.Services.AddOperations();
        builder.Services.AddPatching();
        builder.Services.AddPlugins<KeptPlugins>(Path.Combine(journal, "plugins"));
        builder.Services.AddMadeFigures();
        builder.AddConsole();
        SignedIn.AddTo(builder.Services, Path.Combine(journal, "audit"));
        builder.Services.AddDbContextFactory<AppDatabase>(options => options.UseSqlite($"Data Source={Path.Combine(journal, "accounts.db")};Pooling=False"));
        builder.Services.AddSingleton<SubjectNames>();
        // Who may come in is looked at with the whole server; here everybody is let in, as the person of the circuit.
        builder.Services.AddAuthorization(options => options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build());
        builder.Services.AddAntiforgery();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        more?.Invoke(builder.Services);

        var app = builder.Build();
        await using (var database = await app.Services.GetRequiredService<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(token))
            await database.Database.EnsureCreatedAsync(token);
        app.UseAntiforgery();
        app.MapGet("/healthz", () => "ok");
        // No host stands behind its pools.
        app.MapGet("/consoles/{pool}/{vm}/thumbnail", () => Microsoft.AspNetCore.Http.Results.Json(new { code = "unreachable", text = "There is no host." }));
        app.MapStaticAssets();
        // Everybody is Ada: there is no door to sign in at.
        app.MapConsole().AllowAnonymous();
        await app.StartAsync(token);
        return new(app, journal) { StartedAt = app.Urls.First() };
    }

    /// <summary>Adds a simulated pool as an administrator would, and waits until its objects are there.</summary>
    public async Task AddAsync(SimulatedPool pool, CancellationToken token)
    {
        await Fleet.Loaded;
        var added = new NewPool($"{pool.HttpsUrl.Host}:{pool.HttpsUrl.Port}", pool.User, "secret", Accepted: []);
        while (await Fleet.AddAsync(added, token) is AddPoolResult.ConfirmCertificate shown)
            added = added with { Accepted = added.Accepted.Add(shown.Certificate) };
        using var subscription = Store.Subscribe();
        var now = subscription.Present;
        while (now.Pool(pool.Uuid) is null)
            now = (await subscription.NextAsync(token)).Now;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_journal, recursive: true);
    }
}
