using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XoBlazor.App.Components;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Pages;

/// <summary>The console on a real port over a made pool of many VMs, without accounts and hosts.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PoolWriter _writer;

    private PagesHost(WebApplication app)
    {
        _app = app;
        _writer = app.Services.GetRequiredService<ObjectStore>().Open("11111111-0000-4000-8000-000000000000");
    }

    public string Url => _app.Urls.First();

    public static async Task<PagesHost> StartAsync(int vms)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(App.Program).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Development",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton<IPoolSettingsStore, NoPools>();
        builder.Services.AddJournal(Directory.CreateTempSubdirectory("xo-blazor-pages-").FullName);
        builder.Services.AddPools();
        builder.Services.AddOperations();
        builder.AddConsole();
        builder.Services.AddAntiforgery();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapConsole();
        await app.StartAsync();
        var host = new PagesHost(app);
        host._writer.ApplyListing(Make(vms));
        return host;
    }

    /// <summary>Changes so many VMs a second, each as an event of its own, until cancelled.</summary>
    /// <param name="among">Only the first so many by name, to change what is on the screen.</param>
    public async Task ChangeAsync(int rate, int among, CancellationToken token)
    {
        const int Turns = 100;
        var random = new Random(1);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / Turns));
        var owed = 0.0;
        try
        {
            while (await timer.WaitForNextTickAsync(token))
            {
                for (owed += (double)rate / Turns; owed >= 1; owed--)
                {
                    var vm = _writer.Picture.Get(new XenRef<Vm>($"OpaqueRef:vm-{random.Next(among)}"))!;
                    var moment = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                    _writer.Apply([ObjectUpdate.Present(vm with { NameLabel = $"{vm.NameLabel.Split('@')[0]}@{moment}" })]);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // That was all.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static IEnumerable<XapiObject> Make(int vms)
    {
        yield return new Pool { Ref = "OpaqueRef:pool", Uuid = Id(0, 0), NameLabel = "Made", Master = new("OpaqueRef:host") };
        yield return new Host { Ref = "OpaqueRef:host", Uuid = Id(1, 0), NameLabel = "host", Enabled = true, Metrics = new("OpaqueRef:metrics") };
        yield return new HostMetrics { Ref = "OpaqueRef:metrics", Uuid = Id(2, 0), Live = true };
        for (var i = 0; i < vms; i++)
        {
            yield return new Vm
            {
                Ref = $"OpaqueRef:vm-{i}",
                Uuid = Id(3, i),
                NameLabel = $"vm-{i:00000} ",
                PowerState = VmPowerState.Running,
                ResidentOn = new("OpaqueRef:host"),
                VcpusAtStartup = 2,
                MemoryDynamicMax = 4L << 30,
                Tags = ["made"],
                Metrics = new($"OpaqueRef:m-{i}"),
                GuestMetrics = new($"OpaqueRef:g-{i}"),
            };
            yield return new VmMetrics { Ref = $"OpaqueRef:m-{i}", Uuid = Id(4, i), MemoryActual = 4L << 30, VcpusNumber = 2, StartTime = DateTimeOffset.UnixEpoch.AddYears(56) };
            yield return new VmGuestMetrics
            {
                Ref = $"OpaqueRef:g-{i}",
                Uuid = Id(5, i),
                OsVersion = XenMap<string, string>.Of(new KeyValuePair<string, string>("name", "Debian GNU/Linux 12")),
                Networks = XenMap<string, string>.Of(new KeyValuePair<string, string>("0/ipv4/0", $"10.{i / 65536}.{i / 256 % 256}.{i % 256}")),
            };
        }
    }

    private static string Id(int kind, int index) => $"22222222-{kind:0000}-4000-8000-{index:000000000000}";

    private sealed class NoPools : IPoolSettingsStore
    {
        public Task<ImmutableArray<PoolSettings>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<PoolSettings>.Empty);

        public Task SaveAsync(PoolSettings settings, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
