using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Transfers.Remote;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Pools;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Patching.Catalogues;

/// <summary>What hosts of simulated pools of both older generations lack, by a catalogue on a server.</summary>
public sealed class CatalogueSourceTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private CatalogueServer _server = null!;

    private CancellationToken Token => _patience.Token;

    public async ValueTask InitializeAsync() => _server = await CatalogueServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _patience.Dispose();
    }

    [Theory]
    [InlineData("citrix-hypervisor-8.2", "8.2.1", HostGeneration.UpdateImages)]
    [InlineData("xenserver-7.1", "7.1.0", HostGeneration.UpdateImages)]
    [InlineData("xenserver-7.0", "7.0.0", HostGeneration.Patches)]
    [InlineData("xenserver-6.5", "6.5.0", HostGeneration.Patches)]
    [InlineData("citrix-hypervisor-8.2", "8.2 CU1", HostGeneration.UpdateImages)]
    public async Task Look_OfAnOlderHost_ListsTheCatalogueInTheOrderOfRequirements(string release, string version, HostGeneration generation)
    {
        await using var fleet = await StartAsync($"hosts=1,vms=0,release={release}");
        var (second, first) = (new MadeUpdate("XS82E002"), new MadeUpdate("XS82E001"));
        Serve(version, second with { Requires = [first.Uuid] }, first);
        using var home = Home();
        using var missing = Missing(fleet, home);

        var lacks = await missing.LookAsync(Key(fleet), TimeSpan.Zero, Token);

        Assert.Equal((generation, null), (lacks.Generation, lacks.Problem));
        Assert.Equal(["XS82E001", "XS82E002"], lacks.Missing.Select(update => update.Name));
        Assert.Equal(new Uri(_server.Address, "XS82E001.zip").AbsoluteUri, lacks.Missing[0].Download);
    }

    [Fact]
    public async Task Look_OfAVersionThatTheCatalogueDoesNotKnow_SaysSo()
    {
        await using var fleet = await StartAsync("hosts=1,vms=0,release=xenserver-7.1");
        Serve("8.2.1", new MadeUpdate("XS82E001"));
        using var home = Home();
        using var missing = Missing(fleet, home);

        var lacks = await missing.LookAsync(Key(fleet), TimeSpan.Zero, Token);

        Assert.Contains("does not know XenServer 7.1", lacks.Problem, StringComparison.Ordinal);
        Assert.False(lacks.IsUpToDate);
    }

    [Fact]
    public async Task Look_OnHostsThatDiffer_TellsWhatEachLacks()
    {
        await using var fleet = await StartAsync("hosts=2,vms=0,release=citrix-hypervisor-8.2");
        var (both, one) = (new MadeUpdate("XS82E001"), new MadeUpdate("XS82E002"));
        Serve("8.2.1", both, one);
        var (first, second) = (fleet.Picture.All<Host>().First(), fleet.Picture.All<Host>().Last());
        var db = fleet.Pool.Simulator.Db;
        db.Update(() => db.Get("host", second.Ref)["updates"] = XapiValue.SetOf(db.Create("pool_update", ("uuid", one.Uuid), ("name_label", one.Name)).Ref));
        await fleet.UntilPictureAsync(picture => picture.Get(picture.Get(new XenRef<Host>(second.Ref))!.Updates).Any(), Token);
        using var home = Home();
        using var missing = Missing(fleet, home);

        var (ofFirst, ofSecond) = (await missing.LookAsync(fleet.Picture.Key(first), TimeSpan.Zero, Token), await missing.LookAsync(fleet.Picture.Key(second), TimeSpan.Zero, Token));

        Assert.Equal(["XS82E001", "XS82E002"], ofFirst.Missing.Select(update => update.Name));
        Assert.Equal(["XS82E001"], ofSecond.Missing.Select(update => update.Name));
    }

    [Fact]
    public async Task Catalogue_Replaced_MakesHostsWorthALook()
    {
        await using var fleet = await StartAsync("hosts=1,vms=0,release=xenserver-7.1");
        Serve("7.1.0", new MadeUpdate("XS82E001"));
        using var home = Home();
        using var missing = Missing(fleet, home);
        await home.GetAsync(Token);
        await missing.LookAsync(Key(fleet), TimeSpan.Zero, Token);
        var before = IsWorthALook();
        Serve("7.1.0", new MadeUpdate("XS82E002"));
        await home.FetchAsync(Token);

        Assert.Equal((false, true), (before, IsWorthALook()));
        Assert.Equal("XS82E002", Assert.Single((await missing.LookAsync(Key(fleet), TimeSpan.Zero, Token)).Missing).Name);

        bool IsWorthALook() => missing.IsWorthALook(fleet.Picture, fleet.Picture.All<Host>().First(), TimeSpan.FromHours(12), TimeSpan.FromHours(1));
    }

    /// <summary>What was known yesterday is better than nothing, and is not taken for new.</summary>
    [Fact]
    public async Task Look_WithACatalogueThatIsOld_TellsTheListAndWhy()
    {
        await using var fleet = await StartAsync("hosts=1,vms=0,release=xenserver-7.1");
        Serve("7.1.0", new MadeUpdate("XS71E001"));
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var home = Home(time);
        using var missing = Missing(fleet, home);
        await home.GetAsync(Token);
        await _server.DisposeAsync();
        time.Advance(TimeSpan.FromHours(30));

        var lacks = await missing.LookAsync(Key(fleet), TimeSpan.Zero, Token);

        Assert.Equal((null, 1, time.GetUtcNow() - TimeSpan.FromHours(30)), (lacks.Problem, lacks.Missing.Length, lacks.AsOf!.Value));
        Assert.Contains("127.0.0.1 cannot be reached", lacks.Warning, StringComparison.Ordinal);
    }

    private static Core.Store.ObjectKey Key(FleetFixture fleet) => fleet.Picture.Key(fleet.Picture.All<Host>().First());

    private static MissingUpdates Missing(FleetFixture fleet, CatalogueHome home) => new(fleet.Store, fleet.Fleet, [new CatalogueSource(home)], TimeProvider.System, NullLogger<MissingUpdates>.Instance);

    private async Task<FleetFixture> StartAsync(string make)
    {
        var fleet = await FleetFixture.StartAsync(PoolSource.Make(make)[0], Token);
        await fleet.AddConnectedAsync(Token);
        return fleet;
    }

    private void Serve(string version, params IReadOnlyList<MadeUpdate> updates) =>
        _server.Serve("updates.xml", CatalogueFile.Of(version, [.. updates.Select(update => (update, new Uri(_server.Address, $"{update.Name}.zip")))]));

    private CatalogueHome Home(TimeProvider? time = null) => new(
        new FakeCatalogueSettings(new() { Url = new Uri(_server.Address, "updates.xml").AbsoluteUri }), new RemoteFiles(Options.Create(new RemoteFileOptions()), TimeProvider.System), null, time ?? TimeProvider.System, NullLogger<CatalogueHome>.Instance);
}
