using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Updates;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Operations.Simulated;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>A simulated pool of XenServer up to 8.2 with a web server that has the catalogue and the zips, and what is left in the pool when all is over.</summary>
internal sealed class OldPool : IAsyncDisposable
{
    public const string UpTo70 = "hosts=2,vms=0,release=xenserver-7.0";
    public const string UpTo82 = "hosts=2,vms=0,release=citrix-hypervisor-8.2";

    private OldPool(OperatedPool operated, CatalogueServer server, MemoryLeftoverStore kept) => (Operated, Server, Kept) = (operated, server, kept);

    public OperatedPool Operated { get; }

    public CatalogueServer Server { get; }

    /// <summary>What was written down to be taken away.</summary>
    public MemoryLeftoverStore Kept { get; }

    public Pool Pool => Operated.Picture.Pool!;

    public Database Db => Operated.Fleet.Pool.Simulator.Db;

    /// <summary>The coordinator comes first.</summary>
    public IReadOnlyList<Host> Hosts => [.. Operated.Picture.All<Host>().OrderByDescending(Operated.Picture.IsCoordinator)];

    public static async Task<OldPool> StartAsync(string make, CancellationToken token, Action<IServiceCollection>? more = null)
    {
        var server = await CatalogueServer.StartAsync(token);
        var kept = new MemoryLeftoverStore();
        var pool = await OperatedPool.StartAsync(token, make, services =>
        {
            services.Configure<PatchingOptions>(options => options.CatalogueUrl = new Uri(server.Address, "updates.xml").AbsoluteUri);
            more?.Invoke(services);
        }, new Leftovers(kept));
        return new(pool, server, kept);
    }

    /// <summary>The zip of an update as the maker gives it out for these hosts.</summary>
    public byte[] ZipOf(MadeUpdate update) => Zip.Of((FileOf(update).Name, FileOf(update).Content), ($"{update.Name}-src-pkgs.tar.bz2", new byte[1000]));

    /// <summary>What is in it.</summary>
    public (string Name, byte[] Content) FileOf(MadeUpdate update) => IsOfImages ? ($"{update.Name}.iso", update.Disc) : ($"{update.Name}.xsupdate", update.File);

    /// <summary>Offers updates for the version of the hosts, with honest zips.</summary>
    public void Offer(params IReadOnlyList<MadeUpdate> updates) => Offer([.. updates.Select(update => (update, new ServedFile(ZipOf(update))))]);

    public void Offer(params IReadOnlyList<(MadeUpdate Update, ServedFile Zip)> updates) => Server.Serve("updates.xml",
        CatalogueFile.Of(Hosts[0].SoftwareVersion.GetValueOrDefault("product_version")!, [.. updates.Select(one => (one.Update, Server.Serve($"{one.Update.Name}.zip", one.Zip)))]));

    public Task<OperationResult> InstallAsync(JsonObject? arguments = null) => Operated.RunAsync("pool.install_updates", Pool, arguments);

    public async Task SucceedsAsync(JsonObject? arguments = null)
    {
        var result = await InstallAsync(arguments);
        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, $"{result.End} {result.Message}");
    }

    /// <summary>The names of what a host has installed, as the pool's database has it.</summary>
    public IEnumerable<string> InstalledOn(Host host) => Db.Update(() => (List<string>)[.. Db.Get("host", host.Ref).FollowAll("patches", "host_patch").Where(row => row.Bool("applied")).Select(row => row.Follow("pool_patch", "pool_patch")!.Text("name_label")).Order(StringComparer.Ordinal)]);

    /// <summary>What an installation must not leave: files of updates, disks for them, tasks, and what is written down.</summary>
    public IReadOnlyList<string> Left() => [.. Left(Db), .. Kept.All.Select(one => $"note {one.Mark}")];

    /// <summary>The same in a pool.</summary>
    public static IReadOnlyList<string> Left(Database db) => db.Update(() => (List<string>)
    [
        .. db.All("VDI").Where(disk => disk.Text("name_label").Contains("(update ", StringComparison.Ordinal)).Select(disk => $"VDI {disk.Text("name_label")}"),
        .. db.All("pool_patch").Where(patch => patch.Text("filename").Length > 0).Select(patch => $"file of {patch.Text("name_label")}"),
        .. db.All("pool_patch").Where(patch => patch["host_patches"].AsSet.Length == 0).Select(patch => $"row of {patch.Text("name_label")}"),
        // One that no request took cannot be destroyed: it is marked to be.
        .. db.All("task").Where(task => task.Text("name_description").StartsWith("update ", StringComparison.Ordinal) && task["current_operations"].AsMap["task"]?.AsText != "destroy").Select(task => $"task {task.Text("name_label")}"),
    ]);

    /// <summary>Takes away what is written down, as the server does from time to time, until nothing is.</summary>
    public async Task CleanAsync(CancellationToken token)
    {
        for (var looks = 0; Kept.All.Count > 0; looks++)
        {
            foreach (var one in Kept.All)
                if (await UpdateTraces.CleanAsync(one, Work(token), isLast: looks > 20))
                    await Kept.RemoveAsync(one.Mark, token);
            await Task.Delay(20, token);
        }
    }

    /// <summary>Work in the pool that nobody has asked for.</summary>
    public OperationWork Work(CancellationToken token)
    {
        var (fleet, pool) = (Operated.Fleet, Operated.Picture);
        return new(null, pool, pool.Pool!, OperationArguments.None, fleet.Fleet.Find(pool.Uuid)!, new(fleet.Store, new(), pool.Uuid), new(fleet.Store, fleet.Fleet, TimeProvider.System, pool.Uuid), TimeProvider.System, null, token);
    }

    public void Misbehave(Fault fault) => Operated.Fleet.Pool.Misbehave(fault);

    public async ValueTask DisposeAsync()
    {
        await Operated.DisposeAsync();
        await Server.DisposeAsync();
    }

    private bool IsOfImages => HostGenerations.Of(Hosts[0]) == HostGeneration.UpdateImages;
}
