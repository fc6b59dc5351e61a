using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using XoBlazor.App.Api.Transfers;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Plugins;
using XoBlazor.App.Components.Transfers;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pages without a browser: a store to fill, a clock to turn, and a pulse that beats when told.</summary>
public class ConsoleContext : BunitContext
{
    private readonly TempFolder _folder = new();

    // bUnit's own second is too short for a busy machine.
    static ConsoleContext() => DefaultWaitTimeout = Patience.Limit;

    public ConsoleContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        Services.AddSingleton<LastEvent>();
        Services.AddSingleton<IStoreObserver>(p => p.GetRequiredService<LastEvent>());
        Services.AddSingleton<RecentChanges>();
        Services.AddSingleton<IStoreObserver>(p => p.GetRequiredService<RecentChanges>());
        Services.AddSingleton<ObjectStore>();
        Services.AddSingleton<SharedPictures>();
        Services.AddScoped<CircuitView>();
        Services.AddSingleton<ListResults>();
        Services.AddScoped<CircuitPulse>();
        Services.AddScoped<UserZone>();
        Services.AddScoped<BrowserScript>();
        Services.AddScoped<PageNames>();
        Services.AddSingleton<TransferDesk>();
        Services.AddScoped<BrowserFiles>();
        Services.AddScoped<BrowserTransfers>();
        Services.AddScoped<ViewedTransfers>();
        Services.AddScoped<Actions>();
        Services.AddScoped<PluginActions>();
        Services.AddSingleton<PanelNews>();
        Services.AddSingleton<PluginPanels>();
        Services.AddSingleton(provider => new PluginFleet(new(
            new KeptPlugins(), provider.GetRequiredService<VisibleStores>(), provider.GetRequiredService<OperationCatalogue>(), provider.GetRequiredService<OperationRunner>(), provider.GetRequiredService<AuditLog>(),
            Options.Create(new PluginOptions { Folder = Path.Combine(_folder.Path, "plugins") }), Clock, NullLogger<PluginFleet>.Instance)));
        Services.AddOperations();
        Services.AddPatching();
        Services.AddSingleton<ConsoleTickets>();
        Services.AddSingleton<IPoolConnections, NoConnections>();
        SignedIn.AddTo(Services, _folder.Path);
        Services.AddSingleton(provider =>
        {
            var log = ActivatorUtilities.CreateInstance<AuditLog>(provider);
            log.Open();
            return log;
        });
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));

    /// <summary>What pages read instead of the present, such as a past moment.</summary>
    public IPictureSource? Pictures { get; set; }

    public ChangedSince Since { get; set; } = ChangedSince.Nothing;

    public ObjectStore Store => Services.GetRequiredService<ObjectStore>();

    /// <summary>What the signed-in person sees.</summary>
    public CircuitView View
    {
        get
        {
            var view = Services.GetRequiredService<CircuitView>();
            view.OpenAsync().GetAwaiter().GetResult();
            return view;
        }
    }

    /// <summary>Renders a page as the frame would, at its address.</summary>
    public IRenderedComponent<IComponent> Open<TPage>(string address, params (string Name, object Value)[] parameters) where TPage : IComponent
    {
        var pictures = Pictures ?? View;
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render(builder =>
        {
            builder.OpenComponent<CascadingValue<IPictureSource>>(0);
            builder.AddComponentParameter(1, "Value", pictures);
            builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inside =>
            {
                inside.OpenComponent<MudPopoverProvider>(0);
                inside.CloseComponent();
                inside.OpenComponent<MudDialogProvider>(1);
                inside.CloseComponent();
                inside.OpenComponent<CascadingValue<ChangedSince>>(2);
                inside.AddComponentParameter(3, "Value", Since);
                inside.AddComponentParameter(4, "ChildContent", (RenderFragment)(page =>
                {
                    page.OpenComponent<TPage>(0);
                    foreach (var (name, value) in parameters)
                        page.AddComponentParameter(1, name, value);
                    page.CloseComponent();
                }));
                inside.CloseComponent();
            }));
            builder.CloseComponent();
        });
    }

    /// <summary>Lets everything on the page look again, as the circuit's timer would.</summary>
    public void Beat() => BeatAsync().GetAwaiter().GetResult();

    /// <summary>The same for whoever must not wait for the page.</summary>
    protected Task BeatAsync()
    {
        var pulse = Services.GetRequiredService<CircuitPulse>();
        return Renderer.Dispatcher.InvokeAsync(() => pulse.Spread(new Beat(Clock.GetUtcNow(), IsSecond: true)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }
}
