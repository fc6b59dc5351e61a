using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Faults;

/// <summary>Every misbehaviour that can be asked for, as a client meets it.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private static readonly string[] s_everything = ["*"];

    private SimulatorHost _host = null!;
    private SimulatedPool _pool = null!;
    private RpcClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make("hosts=2,vms=6,seed=4"), Pool = new() { OperationDuration = TimeSpan.Zero } }, TestContext.Current.CancellationToken);
        _pool = _host.Pools[0];
        _client = await RpcClient.LogInAsync(_pool.HttpUrl, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task DropConnections_WhileACallWaits_CutsIt()
    {
        var token = await TokenAsync();
        var waiting = _client.CallAsync("event.from", TestContext.Current.CancellationToken, s_everything, token, 30.0);
        await RunningAsync("event.from");

        await AskAsync("""{"fault":"drop-connections"}""");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
        Assert.True((await EventsAsync("")).GetProperty("events").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Refuse_UntilItBehavesAgain_TakesNoConnection()
    {
        await AskAsync("""{"fault":"refuse","seconds":3000}""");
        await RefusedAsync();

        _pool.Behave();

        Assert.True((await EventsAsync("")).GetProperty("events").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Hang_ForOneCall_NeverAnswersItAndServesTheOthers()
    {
        await AskAsync("""{"fault":"hang","method":"event.from","times":1}""");

        var hanging = _client.CallAsync("event.from", TestContext.Current.CancellationToken, s_everything, "", 1.0);
        await RunningAsync("event.from");
        await EventsAsync("");

        Assert.False(hanging.IsCompleted);
        _pool.Misbehave(new Fault(FaultKind.DropConnections));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Delay_OfAnAnswer_StillBringsIt()
    {
        await AskAsync("""{"fault":"delay","seconds":0.05,"times":1}""");

        var events = await EventsAsync("");

        Assert.True(events.GetProperty("events").GetArrayLength() > 0);
        Assert.Empty(_pool.State.Faults);
    }

    [Fact]
    public async Task Truncate_AfterSomeBytes_EndsTheConnectionThere()
    {
        await AskAsync("""{"fault":"truncate","bytes":500,"times":1}""");

        var failure = await Record.ExceptionAsync(() => EventsAsync(""));

        Assert.True(failure is HttpRequestException or IOException, $"{failure}");
        Assert.True((await EventsAsync("")).GetProperty("events").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Html500_InPlaceOfAnAnswer_IsAPage()
    {
        await AskAsync("""{"fault":"html500","times":1}""");

        var (status, type, body) = await RawAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("text/html", type);
        Assert.StartsWith("<html>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MalformedJson_InPlaceOfAnAnswer_CannotBeParsed()
    {
        await AskAsync("""{"fault":"malformed-json","times":1}""");

        var (status, _, body) = await RawAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task SessionInvalid_ForEverybody_EndsWaitingCallsToo()
    {
        var waiting = _client.FailureAsync("event.from", TestContext.Current.CancellationToken, s_everything, await TokenAsync(), 30.0);
        await RunningAsync("event.from");

        await AskAsync("""{"fault":"session-invalid"}""");

        Assert.Equal("SESSION_INVALID", (await waiting)[0]);
        Assert.Equal("SESSION_INVALID", (await _client.FailureAsync("VM.get_all", TestContext.Current.CancellationToken))[0]);
    }

    [Fact]
    public async Task ToolstackRestart_AfterItIsBack_KnowsNeitherSessionsNorTasksNorOldTokens()
    {
        var all = (await EventsAsync("")).GetProperty("events").GetArrayLength();
        var token = await TokenAsync();
        await _client.CallAsync("task.create", TestContext.Current.CancellationToken, "mine", "");
        await AskAsync("""{"fault":"toolstack-restart","seconds":3000}""");
        await RefusedAsync();

        _pool.Behave();

        Assert.Equal("SESSION_INVALID", (await _client.FailureAsync("VM.get_all", TestContext.Current.CancellationToken))[0]);
        using var again = await RpcClient.LogInAsync(_pool.HttpUrl, TestContext.Current.CancellationToken);
        var events = (await again.CallAsync("event.from", TestContext.Current.CancellationToken, s_everything, token, 5.0)).GetProperty("events");
        Assert.Equal(all, events.GetArrayLength());
        Assert.All(events.EnumerateArray(), item => Assert.Equal("add", item.GetProperty("operation").GetString()));
    }

    [Fact]
    public async Task MoveCoordinator_ToAnotherHost_MakesTheOldAddressPointThere()
    {
        var next = _pool.Hosts.Single(host => !host.IsCoordinator);

        await AskAsync("""{"fault":"move-coordinator"}""");

        Assert.Equal(["HOST_IS_SLAVE", next.Address], await _client.FailureAsync("VM.get_all", TestContext.Current.CancellationToken));
        using var there = await RpcClient.LogInAsync(new Uri($"http://{next.Address}:{_pool.HttpUrl.Port}/"), TestContext.Current.CancellationToken);
        Assert.Equal(2, (await there.CallAsync("host.get_all", TestContext.Current.CancellationToken)).GetArrayLength());
    }

    [Fact]
    public async Task LoseDeletions_OfATag_IsSeenInTheCountsOnly()
    {
        var network = (await _client.CallAsync("network.create", TestContext.Current.CancellationToken, new { name_label = "n", name_description = "", MTU = 1500, other_config = new { }, bridge = "", managed = true, tags = Array.Empty<string>() })).GetString();
        var before = await EventsAsync("");
        await AskAsync("""{"fault":"lose-deletions"}""");

        await _client.CallAsync("network.destroy", TestContext.Current.CancellationToken, network);

        var after = await EventsAsync(before.GetProperty("token").GetString()!, 0.0);
        Assert.DoesNotContain(after.GetProperty("events").EnumerateArray(), item => item.GetProperty("ref").GetString() == network);
        Assert.Equal(Count(before) - 1, Count(after));

        static int Count(JsonElement batch) => batch.GetProperty("valid_ref_counts").GetProperty("network").GetInt32();
    }

    [Fact]
    public async Task ChangeCertificate_ForNewConnections_ShowsAnotherFingerprint()
    {
        var before = await FingerprintAsync();

        await AskAsync("""{"fault":"change-certificate"}""");

        Assert.NotEqual(before, await FingerprintAsync());
    }

    [Fact]
    public async Task UnknownShapes_InEvents_AreClassesFieldsAndValuesNobodyKnows()
    {
        await AskAsync("""{"fault":"unknown-shapes","method":"event.from"}""");

        var events = (await EventsAsync("")).GetProperty("events").EnumerateArray().ToList();

        Assert.Contains(events, item => item.GetProperty("class").GetString() == "simulator_unknown");
        var vm = events.First(item => item.GetProperty("class").GetString() == "vm" && item.TryGetProperty("snapshot", out _)).GetProperty("snapshot");
        Assert.Equal(JsonValueKind.Object, vm.GetProperty("simulator_unknown").ValueKind);
        Assert.Equal("simulator_unknown", vm.GetProperty("actions_after_crash").GetString());
    }

    [Fact]
    public async Task DuplicateEvents_InABatch_ComeTwice()
    {
        var once = (await EventsAsync("")).GetProperty("events").GetArrayLength();
        await AskAsync("""{"fault":"duplicate-events","times":1}""");

        var twice = (await EventsAsync("")).GetProperty("events").GetArrayLength();

        Assert.Equal(2 * once, twice);
    }

    [Fact]
    public async Task ReorderEvents_InABatch_ComeBackwards()
    {
        var before = Refs(await EventsAsync(""));
        await AskAsync("""{"fault":"reorder-events","times":1}""");

        var after = Refs(await EventsAsync(""));

        Assert.Equal(before.AsEnumerable().Reverse(), after);

        static List<string?> Refs(JsonElement batch) => [.. batch.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("ref").GetString())];
    }

    [Fact]
    public async Task State_AfterSomeCalls_CountsThem()
    {
        await EventsAsync("");
        using var http = new HttpClient { BaseAddress = _pool.HttpUrl };

        var state = await http.GetFromJsonAsync<JsonElement>("simulator/state", TestContext.Current.CancellationToken);

        Assert.Equal(1, state.GetProperty("calls").GetProperty("event.from").GetInt64());
        Assert.Equal(1, state.GetProperty("sessions").GetInt32());
        Assert.True(state.GetProperty("objects").GetInt32() > 50);
    }

    [Theory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("""{"fault":"explode"}""", "must be one of")]
    [InlineData("""{"fault":"refuse","seconds":-1}""", "from 0 to 3600")]
    [InlineData("""{"fault":"hang","planet":"Mars"}""", "not a member of a fault")]
    [InlineData("""{"fault":"move-coordinator","host":"0"}""", "No other host")]
    public async Task Fault_ThatMakesNoSense_IsRefusedInWords(string body, string message)
    {
        using var http = new HttpClient { BaseAddress = _pool.HttpUrl };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await http.PostAsync("simulator/faults", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task AskAsync(string fault)
    {
        using var http = new HttpClient { BaseAddress = _pool.HttpUrl };
        using var content = new StringContent(fault, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("simulator/faults", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<JsonElement> EventsAsync(string token, double timeout = 5.0) =>
        _client.CallAsync("event.from", TestContext.Current.CancellationToken, s_everything, token, timeout);

    private async Task<string> TokenAsync() => (await EventsAsync("")).GetProperty("token").GetString()!;

    /// <summary>Waits until the pool has a call in hand.</summary>
    private async Task RunningAsync(string method)
    {
        using var patience = Patience.Source();
        while (!_pool.State.Running.ContainsKey(method))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Waits until a fresh connection gets no answer.</summary>
    private async Task RefusedAsync()
    {
        using var patience = Patience.Source();
        while (true)
        {
            using var http = new HttpClient { BaseAddress = _pool.HttpUrl };
            try
            {
                using var response = await http.GetAsync("simulator/state", patience.Token);
            }
            catch (Exception cut) when (cut is HttpRequestException or SocketException)
            {
                // The socket error comes bare when the connection is cut in the moment it stands.
                return;
            }
        }
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> RawAsync()
    {
        using var http = new HttpClient { BaseAddress = _pool.HttpUrl };
        using var content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"system.listMethods","params":[]}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("jsonrpc", content, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> FingerprintAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_pool.HttpsUrl.Host, _pool.HttpsUrl.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("localhost");
        return tls.RemoteCertificate!.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
    }
}
