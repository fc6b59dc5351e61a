using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Providers.Plugins;
using XoBlazor.App.Administration;
using XoBlazor.App.Api;
using XoBlazor.App.Api.Consoles;
using XoBlazor.App.Api.JsonRpc;
using XoBlazor.App.Backups;
using XoBlazor.App.Cli;
using XoBlazor.App.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Data;
using XoBlazor.App.Demo;
using XoBlazor.App.Hosting;
using XoBlazor.App.Hosting.Web;
using XoBlazor.App.Updates;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Pools;

namespace XoBlazor.App;

/// <summary>The table of contents: what the server is made of, in the order a request meets it.</summary>
public sealed class Program
{
    private static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Build);

    internal static WebApplication Build(ServerStart start)
    {
        var builder = start.CreateBuilder();
        builder.AddLogs();
        builder.AddListening();
        builder.AddWebRoot();
        builder.AddHealth();
        builder.AddDatabase(start.Data);
        builder.AddAccounts();
        builder.Services.AddAdministration();
        builder.Services.AddAudit(start.Data.AuditFolder, start.Data.AuditKeyFile);
        builder.Services.AddJournal(start.Data.JournalFolder);
        builder.Services.AddPools();
        builder.Services.AddHostMetrics(start.Data.MetricsFolder);
        builder.Services.AddUpdates();
        builder.Services.AddOperations();
        builder.Services.AddPlugins<PluginStore>(start.Data.PluginsFolder);
        builder.Services.AddNotifications<NotificationStore, NotificationPeople>(ObjectUrl.Of);
        builder.Services.AddConsoles();
        builder.Services.AddPluginProviders();
        builder.Services.AddApi();
        builder.AddBackups();
        builder.AddDemo(start);
        builder.Services.AddHostedService<ReadingLeftovers>();
        builder.AddConsole();

        var app = builder.Build();
        DataLock.HoldFor(app);
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseErrorAnswers();
        app.UseHttpsForPeople();
        app.UseOriginCheck();
        app.UseApiSocket();
        app.UseConsoleSockets();
        app.UseAccounts();
        app.MapHealth();
        app.MapSetUp();
        app.MapSignIn();
        app.MapAudit();
        app.MapApi();
        app.MapConsoleSockets();
        app.MapThumbnails();
        app.MapWebRoot(static (site, endpoints) => site.MapConsole(endpoints));
        return app;
    }
}
