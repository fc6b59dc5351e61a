using System.Net;
using System.Net.Sockets;
using System.Text;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Loading;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator;

public sealed class WireTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;
    private RpcClient _client = null!;

    private SimulatedPool Pool => _host.Pools[0];

    private Database Db => Pool.Simulator.Db;

    public async ValueTask InitializeAsync()
    {
        _host = await SimulatorHost.StartAsync(
            new() { Pools = [new("small", _ => SmallPool())], Pool = new() { OperationDuration = TimeSpan.Zero, EventDelay = TimeSpan.Zero } },
            TestContext.Current.CancellationToken);
        _client = await RpcClient.LogInAsync(Pool.HttpUrl, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Member_AskedToLogIn_NamesTheCoordinatorWhoAnswers()
    {
        var member = Pool.Hosts.First(h => !h.IsCoordinator);
        using var client = new RpcClient(new($"http://{member.Address}:{Pool.HttpUrl.Port}/"));

        var answer = await client.SendAsync("session.login_with_password", TestContext.Current.CancellationToken, "root", "secret");

        var error = answer.GetProperty("error");
        Assert.Equal("HOST_IS_SLAVE", error.GetProperty("message").GetString());
        var coordinator = error.GetProperty("data")[0].GetString();
        Assert.Equal(Pool.Hosts.First(h => h.IsCoordinator).Address, coordinator);
        using var followed = await RpcClient.LogInAsync(new($"https://{coordinator}:{Pool.HttpsUrl.Port}/"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Certificate_OfEachHost_IsTheOneInItsRecord()
    {
        foreach (var host in Pool.Hosts)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Parse(host.Address), Pool.HttpsUrl.Port, TestContext.Current.CancellationToken);
            await using var tls = new System.Net.Security.SslStream(socket.GetStream(), false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync(host.Address);

            var presented = string.Join(':', Convert.FromHexString(tls.RemoteCertificate!.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)).Select(b => $"{b:X2}"));

            Assert.Equal(host.CertificateFingerprint, presented);
            var record = Db.Where("host", "name_label", host.Name)[0];
            Assert.Equal(presented, Db.Where("Certificate", "host", record.Ref)[0].Text("fingerprint"));
        }
    }

    [Fact]
    public async Task Sessions_BeyondTheLimitOfAnOriginator_PushOutTheOldest()
    {
        for (var i = 0; i < 500; i++)
            Pool.Simulator.Sessions.LogIn("root", "secret", "tests");

        var failure = await _client.FailureAsync("VM.get_all", TestContext.Current.CancellationToken);

        Assert.Equal(["SESSION_INVALID", _client.Session], failure);
    }

    [Fact]
    public async Task EventFrom_OfObjectThatCameAndWent_TellsNothing()
    {
        var token = await TokenAsync();
        var before = await _client.CallAsync("event.from", TestContext.Current.CancellationToken, new[] { "VM" }, token, 0.0);
        Db.Create("VM").Destroy();

        var batch = await _client.CallAsync("event.from", TestContext.Current.CancellationToken, new[] { "VM" }, token, 0.0);

        Assert.Equal(0, before.GetProperty("events").GetArrayLength());
        Assert.Equal(0, batch.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task EventFrom_OfManyChanges_GivesOneEventAnObjectInOrder()
    {
        var (changed, doomed) = (Db.Create("VM", ("name_label", "a")), Db.Create("VM"));
        var token = await TokenAsync();
        changed["name_label"] = "b";
        changed["name_label"] = "c";
        var made = Db.Create("VM", ("name_label", "new"));
        doomed.Destroy();

        var batch = await _client.CallAsync("event.from", TestContext.Current.CancellationToken, new[] { "*" }, token, 5.0);

        var events = batch.GetProperty("events").EnumerateArray().Select(e => (
            e.GetProperty("operation").GetString(), e.GetProperty("ref").GetString(),
            e.TryGetProperty("snapshot", out var snapshot) ? snapshot.GetProperty("name_label").GetString() : null));
        Assert.Equal([("add", made.Ref, "new"), ("mod", changed.Ref, "c"), ("del", doomed.Ref, null)], events);
    }

    [Fact]
    public async Task EventFrom_AfterMoreDeletionsThanAreRemembered_OnlyTheCountsTell()
    {
        var vbds = Enumerable.Range(0, 700).Select(_ => Db.Create("VBD")).ToList();
        var token = await TokenAsync();
        vbds.ForEach(vbd => vbd.Destroy());

        var batch = await _client.CallAsync("event.from", TestContext.Current.CancellationToken, new[] { "VBD" }, token, 5.0);

        Assert.InRange(batch.GetProperty("events").GetArrayLength(), 256, 511);
        Assert.Equal(Db.All("VBD").Count, batch.GetProperty("valid_ref_counts").GetProperty("vbd").GetInt32());
    }

    [Fact]
    public async Task EventFrom_WhileWaiting_EndsWithItsSession()
    {
        var token = await TokenAsync();
        var waiting = _client.SendAsync("event.from", TestContext.Current.CancellationToken, _client.Session, new[] { "VM" }, token, 60.0);

        Pool.Simulator.Sessions.Close(_client.Session);

        var answer = await waiting;
        Assert.Equal("SESSION_INVALID", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Record_OfHostileText_ComesBackAsItWas()
    {
        const string Hostile = "<script>alert('x')</script> \"\\ & \u00e9 \U0001F600 \u007f\t\n";
        var vm = Db.Create("VM");

        await _client.CallAsync("VM.set_name_label", TestContext.Current.CancellationToken, vm.Ref, Hostile);

        var record = await _client.CallAsync("VM.get_record", TestContext.Current.CancellationToken, vm.Ref);
        Assert.Equal(Hostile, record.GetProperty("name_label").GetString());
    }

    [Fact]
    public async Task Header_BeyondTheLimit_IsRefused()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Pool.HttpUrl, "jsonrpc")) { Content = new StringContent("{}") };
        request.Headers.Add("X-Long", new string('x', 1100));

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("field \"name__label\" = \"wanted\"", 1)]
    [InlineData("not (field \"name__label\" = \"wanted\") and field \"power_state\" = \"Halted\"", 1)]
    [InlineData("true", 2)]
    [InlineData("false or (true and false)", 0)]
    public async Task GetAllRecordsWhere_OfExpression_FindsWhatMatches(string expression, int expected)
    {
        Db.Create("VM", ("name_label", "wanted"));
        Db.Create("VM", ("name_label", "other"), ("power_state", "Halted"));

        var found = await _client.CallAsync("VM.get_all_records_where", TestContext.Current.CancellationToken, expression);

        Assert.Equal(expected, found.EnumerateObject().Count());
    }

    [Theory]
    [InlineData("field \"name__label\"")]
    [InlineData("((((")]
    [InlineData("field \"no_such\" = \"x\"")]
    public async Task GetAllRecordsWhere_OfNonsense_IsAnError(string expression)
    {
        Db.Create("VM");

        var failure = await _client.FailureAsync("VM.get_all_records_where", TestContext.Current.CancellationToken, expression);

        Assert.Equal("INTERNAL_ERROR", failure[0]);
    }

    [Fact]
    public async Task Async_OfCallWithoutTask_IsAFault()
    {
        var failure = await _client.FailureAsync("Async.VM.get_all", TestContext.Current.CancellationToken);

        Assert.Equal("Fault", failure[0]);
    }

    [Fact]
    public async Task SavedDatabase_LoadedAgain_IsTheSamePool()
    {
        Db.Create("VM", ("name_label", "a 'quoted' 100% name\n"), ("domid", -1), ("is_a_template", true), ("tags", XapiValue.SetOf("x y", "z")), ("other_config", XapiValue.MapOf(("k", "v'"))));
        using var http = new HttpClient { BaseAddress = Pool.HttpUrl };

        var saved = await http.GetByteArrayAsync($"pool/xmldbdump?session_id={_client.Session}", TestContext.Current.CancellationToken);

        var again = PoolLoader.Load(DatabaseFile.Read(new MemoryStream(saved), "saved.xml"));
        foreach (var type in Db.Schema.Classes.Where(c => c.Fact.IsPersistent))
            Assert.Equal(
                Db.FindTable(type.Name)!.Sorted.Select(r => $"{r.Ref} {Encoding.UTF8.GetString(r.State.Json)}"),
                again.FindTable(type.Name)?.Sorted.Select(r => $"{r.Ref} {Encoding.UTF8.GetString(r.State.Json)}"));
    }

    [Fact]
    public async Task Start_OnTakenPort_SaysSoAndLeavesNothing()
    {
        var taken = Pool.HttpUrl.Port;

        var failure = await Assert.ThrowsAsync<SimulatorException>(() => SimulatorHost.StartAsync(
            new() { Pools = [new("second", _ => SmallPool())], HttpPort = taken, HttpsPort = Pool.HttpsUrl.Port }, TestContext.Current.CancellationToken));

        Assert.Contains($"{taken}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--http-port", failure.Message, StringComparison.Ordinal);
    }

    private async Task<string> TokenAsync()
    {
        var batch = await _client.CallAsync("event.from", TestContext.Current.CancellationToken, new[] { "*" }, "", 5.0);
        return batch.GetProperty("token").GetString()!;
    }

    private static Database SmallPool()
    {
        var db = new Database(XapiDatamodel.Embedded.At(Release.Latest));
        var hosts = new[] { "one", "two" }.Select(name => db.Create(
            "host", ("name_label", name), ("hostname", name), ("enabled", true), ("metrics", db.Create("host_metrics", ("live", true)).Ref))).ToList();
        db.Create("pool", ("name_label", "small"), ("master", hosts[0].Ref));
        return db;
    }
}
