using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

/// <summary>The client against a whole host, over every protocol and over TLS.</summary>
public sealed class SimulatedHostTests
{
    private static readonly XapiCredentials s_root = new("root", "secret");

    public static TheoryData<string> Databases =>
        ["one-host-checkpoints.xml", "one-host-patches.xml", "two-hosts-modern.xml", "two-hosts-snapshots.xml", "two-hosts-vapps.xml", "two-hosts-vlans-bonds.xml"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task EventFrom_TheThreeProtocols_TellTheSame(string database)
    {
        using var patience = Patience.Source();
        await using var simulator = await StartAsync(database, patience.Token);

        var pictures = new List<Dictionary<string, XapiObject>>();
        foreach (var protocol in new[] { XapiProtocol.JsonRpc2, XapiProtocol.JsonRpc1, XapiProtocol.XmlRpc })
            pictures.Add(await PictureAsync(Endpoint(simulator), protocol, patience.Token));

        Assert.InRange(pictures[0].Count, 50, int.MaxValue);
        foreach (var other in pictures[1..])
        {
            Assert.Equal(pictures[0].Keys.Order(), other.Keys.Order());
            Assert.All(pictures[0], o => Assert.True(XapiCodec.For(o.Value.Class).Compare(o.Value, other[o.Key]).IsEmpty, o.Value.ToString()));
        }
    }

    [Fact]
    public async Task EventFrom_OverTlsWithThePinnedCertificate_TellsEverything()
    {
        using var patience = Patience.Source();
        await using var simulator = await StartAsync("two-hosts-modern.xml", patience.Token);
        var coordinator = simulator.Pools[0].Hosts.Single(h => h.IsCoordinator);
        var endpoint = XapiEndpoint.Parse($"{coordinator.Address}:{simulator.Pools[0].HttpsUrl.Port}");

        var shown = await XapiProbe.FetchCertificateAsync(endpoint, patience.Token);
        var picture = await PictureAsync(endpoint.WithPins(shown.Fingerprint), XapiProtocol.Detect, patience.Token);

        Assert.Equal(CertificateFingerprint.Parse(coordinator.CertificateFingerprint), shown.Fingerprint);
        Assert.Contains(picture.Values.OfType<Certificate>(), c => c.FingerprintSha256 == shown.Fingerprint.Text);
    }

    [Fact]
    public async Task Calls_OfEveryKind_AreUnderstoodByAHost()
    {
        using var patience = Patience.Source();
        await using var simulator = await StartAsync("two-hosts-modern.xml", patience.Token);
        await using var connection = new XapiConnection(Endpoint(simulator), s_root);
        await connection.LogInAsync(patience.Token);
        var vm = (await connection.GetAllRecordsAsync(XapiClass.Vm, new(), _ => null, patience.Token)).Objects.OfType<Vm>().First(v => v is { IsATemplate: false, IsControlDomain: false });

        await connection.CallAsync("VM.set_name_label", [vm.Ref, "héllo <b> \"quoted\" 😀"], patience.Token);
        await connection.CallAsync("VM.set_tags", [vm.Ref, new[] { "a", "b" }], patience.Token);
        await connection.CallAsync("VM.set_other_config", [vm.Ref, new Dictionary<string, string> { ["k"] = "v" }], patience.Token);
        await connection.CallAsync("VM.set_order", [vm.Ref, 7L], patience.Token);
        await connection.CallAsync("VM.set_is_a_template", [vm.Ref, false], patience.Token);
        var task = await connection.StartAsync("VM.clone", [vm.Ref, "copy"], patience.Token);
        var failure = await Assert.ThrowsAsync<XapiFailureException>(() => connection.CallAsync("VM.start", ["OpaqueRef:none", false, false], patience.Token));

        var changed = (Vm)(await connection.GetAllRecordsAsync(XapiClass.Vm, new(), _ => null, patience.Token)).Objects.Single(v => v.Ref == vm.Ref);
        Assert.Equal(("héllo <b> \"quoted\" 😀", 7), (changed.NameLabel, changed.Order));
        Assert.Equal(["a", "b"], changed.Tags.Order());
        Assert.Equal("v", changed.OtherConfig["k"]);
        Assert.False(task.IsNull);
        Assert.Equal("HANDLE_INVALID", failure.Code);
    }

    [Fact]
    public async Task EventFrom_AHostWithoutIt_IsFollowedByTheOlderCalls()
    {
        using var patience = Patience.Source();
        await using var simulator = await StartAsync("one-host-checkpoints.xml", patience.Token);
        await using var connection = new XapiConnection(Endpoint(simulator), s_root);
        await connection.LogInAsync(patience.Token);
        var context = new DecodeContext();
        var start = await FromAsync("", TimeSpan.Zero);
        var vm = start.Events.Select(e => e.Object).OfType<Vm>().First(v => v is { IsATemplate: false, IsControlDomain: false });

        var quiet = await FromAsync(start.Token, TimeSpan.Zero);
        await connection.CallAsync("VM.set_name_label", [vm.Ref, "renamed"], patience.Token);
        var renamed = await FromAsync(quiet.Token, Patience.Limit);

        Assert.Equal(start.ValidRefCounts[XapiClass.Vm], start.Events.Count(e => e.Class == XapiClass.Vm));
        Assert.Empty(quiet.Events);
        Assert.Equal("renamed", renamed.Events.Select(e => e.Object).OfType<Vm>().Single(v => v.Ref == vm.Ref).NameLabel);

        Task<XapiEventBatch> FromAsync(string token, TimeSpan timeout) =>
            connection.EventFromAsync(["*"], token, timeout, context, _ => null, patience.Token);
    }

    [Fact]
    public async Task LogIn_WrongPassword_IsTheHostsRefusal()
    {
        using var patience = Patience.Source();
        await using var simulator = await StartAsync("two-hosts-modern.xml", patience.Token);
        await using var connection = new XapiConnection(Endpoint(simulator), s_root with { Password = "wrong" });

        var failure = await Assert.ThrowsAsync<XapiFailureException>(() => connection.LogInAsync(patience.Token));

        Assert.Equal("SESSION_AUTHENTICATION_FAILED", failure.Code);
        Assert.DoesNotContain("wrong", failure.ToString());
    }

    private static XapiEndpoint Endpoint(SimulatorHost simulator) => XapiEndpoint.Parse(simulator.Pools[0].HttpUrl.ToString());

    private static Task<SimulatorHost> StartAsync(string database, CancellationToken cancellation) => SimulatorHost.StartAsync(
        new() { Pools = [PoolSource.FromFile(SharedData.Path("data", "pools", database))], Pool = new() { OperationDuration = TimeSpan.Zero } }, cancellation);

    private static async Task<Dictionary<string, XapiObject>> PictureAsync(XapiEndpoint endpoint, XapiProtocol protocol, CancellationToken cancellation)
    {
        await using var connection = new XapiConnection(endpoint, s_root, new() { Protocol = protocol });
        await connection.LogInAsync(cancellation);
        var batch = await connection.EventFromAsync(["*"], "", TimeSpan.FromSeconds(1), new(), _ => null, cancellation);
        await connection.LogOutAsync(cancellation);
        Assert.Empty(batch.Unreadable);
        return batch.Events.Where(e => e.Object is not null and not XapiTask).ToDictionary(e => e.Ref, e => e.Object!);
    }
}
