using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

public sealed class XapiConnectionTests
{
    private static readonly XapiCredentials s_root = new("root", "secret");

    [Fact]
    public async Task CallAsync_FirstCall_LogsInWithOriginatorAndPassesTheSession()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Results(_ => """{"jsonrpc":"2.0","result":["OpaqueRef:a"],"id":1}""");
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        var text = await connection.CallAsync("pool.get_all", [], ReadFirst, patience.Token);

        Assert.Equal("OpaqueRef:a", text);
        Assert.Contains("""["root","secret","1.1","XoBlazor"]""", host.Heard[0].Body);
        Assert.Contains("""["OpaqueRef:5e551011"]""", host.Heard[1].Body);
        Assert.All(host.Heard, r => Assert.InRange(r.Header.Length, 1, 1024));
        Assert.All(host.Heard, r => Assert.DoesNotContain("Expect", r.Header));
    }

    [Fact]
    public async Task CallAsync_SessionForgottenByTheHost_LogsInOnceMoreAndRepeats()
    {
        using var patience = Patience.Source();
        var calls = 0;
        await using var host = ScriptedHost.Results(_ => Interlocked.Increment(ref calls) == 1
            ? """{"jsonrpc":"2.0","error":{"code":1,"message":"SESSION_INVALID","data":["OpaqueRef:5e551011"]},"id":1}"""
            : """{"jsonrpc":"2.0","result":"","id":1}""");
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        await connection.CallAsync("VM.set_name_label", ["OpaqueRef:vm", "new"], patience.Token);

        Assert.Equal(2, host.Heard.Count(r => r.Method == "session.login_with_password"));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task EventFromAsync_RecordedStart_DecodesEveryRecord()
    {
        using var patience = Patience.Source();
        var recorded = SharedData.Text("data", "xapi-paired", "modern", "event-from-start.json");
        await using var host = ScriptedHost.Results(_ => """{"jsonrpc":"2.0","result":""" + recorded + ""","id":1}""");
        await using var connection = new XapiConnection(host.Endpoint, s_root);
        await connection.LogInAsync(patience.Token);

        var batch = await connection.EventFromAsync(["*"], "", TimeSpan.FromSeconds(1), new DecodeContext(), _ => null, patience.Token);

        Assert.Empty(batch.Unreadable);
        Assert.NotEmpty(batch.Token);
        Assert.Equal(batch.ValidRefCounts[XapiClass.Vm], batch.Events.Count(e => e.Class == XapiClass.Vm));
    }

    [Fact]
    public async Task CallAsync_ManyFindTheSessionGone_ShareOneLogIn()
    {
        using var patience = Patience.Source();
        var logIns = 0;
        await using var host = ScriptedHost.Answering(request => request.Method == "session.login_with_password"
            ? ScriptedHost.Json($$"""{"jsonrpc":"2.0","result":"OpaqueRef:session{{Interlocked.Increment(ref logIns)}}","id":1}""")
            : ScriptedHost.Json(request.Body.Contains("session1", StringComparison.Ordinal)
                ? """{"jsonrpc":"2.0","error":{"code":1,"message":"SESSION_INVALID","data":["x"]},"id":1}"""
                : """{"jsonrpc":"2.0","result":true,"id":1}"""));
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => connection.CallBoolAsync("VM.get_is_a_template", ["OpaqueRef:vm"], patience.Token)));

        Assert.All(answers, Assert.True);
        Assert.Equal(2, logIns);
    }

    [Fact]
    public async Task CallAsync_SessionRefusedTwice_IsLost()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Results(_ => """{"jsonrpc":"2.0","error":["SESSION_INVALID","x"],"id":0}""");
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        await Assert.ThrowsAsync<XapiSessionLostException>(() => connection.CallAsync("VM.start", [], patience.Token));

        Assert.Equal(2, host.Heard.Count(r => r.Method == "VM.start"));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":1,"message":"VM_BAD_POWER_STATE","data":["OpaqueRef:vm","halted","running"]},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","error":["VM_BAD_POWER_STATE","OpaqueRef:vm","halted","running"],"id":0}""")]
    [InlineData("""{"result":null,"error":["VM_BAD_POWER_STATE","OpaqueRef:vm","halted","running"],"id":"7"}""")]
    [InlineData("""{ "id" : null , "error" : [ "VM_BAD_POWER_STATE" , "OpaqueRef:vm" , "halted" , "running" ] , "result" : null }""")]
    public async Task CallAsync_EveryShapeOfAFailure_IsTheSameException(string answer)
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Results(_ => answer);
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        var failure = await Assert.ThrowsAsync<XapiFailureException>(() => connection.CallAsync("VM.start", [], patience.Token));

        Assert.Equal(("VM_BAD_POWER_STATE", 3), (failure.Code, failure.Parameters.Length));
    }

    [Fact]
    public async Task LogInAsync_AtAMember_NamesTheCoordinator()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Answering(_ => ScriptedHost.Json("""{"jsonrpc":"2.0","error":{"code":1,"message":"HOST_IS_SLAVE","data":["fe80::7"]},"id":1}"""));
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        var member = await Assert.ThrowsAsync<HostIsSlaveException>(() => connection.LogInAsync(patience.Token));

        Assert.Equal("fe80::7", member.Coordinator);
    }

    [Fact]
    public async Task LogInAsync_HostThatSpeaksXmlOnly_StaysWithXml()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Answering(request => request.Line.Contains("/jsonrpc", StringComparison.Ordinal)
            ? ScriptedHost.Http("500 Internal Error", "text/html", "<html><body><h1>HTTP 500 internal server error</h1></body></html>")
            : ScriptedHost.Http("200 OK", "text/xml", "<?xml version='1.0'?><methodResponse><params><param><value><struct><member><name>Status</name><value>Success</value></member>"
                + "<member><name>Value</name><value>OpaqueRef:x</value></member></struct></value></param></params></methodResponse>"));
        await using var connection = new XapiConnection(host.Endpoint, s_root);
        await connection.LogInAsync(patience.Token);

        var answer = await connection.CallTextAsync("VM.set_memory", ["<&>", 7L, 1.0, true, new Dictionary<string, string> { ["a"] = "b" }], patience.Token);

        Assert.Equal(("OpaqueRef:x", XapiProtocol.XmlRpc, 3), (answer, connection.Protocol, host.Heard.Length));
        Assert.Contains("<value><string>&lt;&amp;&gt;</string></value></param><param><value><string>7</string></value></param><param><value><double>1.0</double></value>"
            + "</param><param><value><boolean>1</boolean></value></param><param><value><struct><member><name>a</name><value><string>b</string></value></member></struct>", host.Heard[^1].Body);
    }

    [Fact]
    public async Task LogInAsync_HostWithoutOriginators_LogsInWithout()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Answering(request => ScriptedHost.Json(request.Body.Contains("XoBlazor", StringComparison.Ordinal)
            ? """{"result":null,"error":["MESSAGE_PARAMETER_COUNT_MISMATCH","session.login_with_password","2","4"],"id":1}"""
            : """{"result":"OpaqueRef:s","error":null,"id":1}"""));
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        await connection.LogInAsync(patience.Token);

        Assert.True(connection.IsLoggedIn);
    }

    [Fact]
    public async Task CallAsync_MoreAtOnceThanAllowed_WaitForTheirTurn()
    {
        using var patience = Patience.Source();
        var (now, most) = (0, 0);
        var gate = new Lock();
        await using var host = ScriptedHost.Behaving(async (request, stream, token) =>
        {
            lock (gate)
                most = Math.Max(most, ++now);
            await Task.Yield();
            lock (gate)
                now--;
            await stream.WriteAsync(ScriptedHost.Json("""{"jsonrpc":"2.0","result":"OpaqueRef:5e551011","id":1}"""), token);
        });
        await using var connection = new XapiConnection(host.Endpoint, s_root, new() { MaxConcurrentCalls = 2 });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => connection.CallTextAsync("VM.get_uuid", [], patience.Token)));

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task CallAsync_CallerCancels_IsTheCallersCancellation()
    {
        using var patience = Patience.Source();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        await using var host = ScriptedHost.Behaving(async (_, _, token) =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.LogInAsync(caller.Token));

        Assert.Equal(caller.Token, end.CancellationToken);
    }

    [Fact]
    public async Task CallAsync_ConnectionIsClosed_SaysSo()
    {
        using var patience = Patience.Source();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = ScriptedHost.Behaving(async (_, _, token) =>
        {
            heard.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var connection = new XapiConnection(host.Endpoint, s_root);
        var call = connection.LogInAsync(patience.Token);
        await heard.Task.WaitAsync(patience.Token);

        await connection.DisposeAsync();

        await Assert.ThrowsAsync<XapiConnectionClosedException>(() => call);
    }

    [Fact]
    public async Task CallAsync_HostStaysSilent_TimesOut()
    {
        using var patience = Patience.Source();
        var time = new FakeTimeProvider();
        await using var host = ScriptedHost.Behaving(async (_, _, token) =>
        {
            time.Advance(TimeSpan.FromSeconds(61));
            await Task.Delay(Timeout.Infinite, token);
        });
        await using var connection = new XapiConnection(host.Endpoint, s_root, time: time);

        var end = await Assert.ThrowsAsync<XapiUnreachableException>(() => connection.LogInAsync(patience.Token));

        Assert.Equal(UnreachableReason.TimedOut, end.Reason);
    }

    [Fact]
    public async Task CallAsync_HostFallsSilentInTheMiddle_TimesOut()
    {
        using var patience = Patience.Source();
        var time = new FakeTimeProvider();
        await using var host = ScriptedHost.Behaving(async (_, stream, token) =>
        {
            await stream.WriteAsync(ScriptedHost.Json("""{"jsonrpc":"2.0","result":"OpaqueRef:1","id":1}""").AsMemory()[..^9], token);
            while (!token.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromSeconds(10));
                await Task.Yield();
            }
        });
        await using var connection = new XapiConnection(host.Endpoint, s_root, time: time);

        var end = await Assert.ThrowsAsync<XapiUnreachableException>(() => connection.LogInAsync(patience.Token));

        Assert.Equal(UnreachableReason.TimedOut, end.Reason);
    }

    [Fact]
    public async Task EventFromAsync_AfterANewLogIn_RefusesTheOldToken()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Results(request => request.Method == "event.from"
            ? """{"jsonrpc":"2.0","result":{"events":[],"valid_ref_counts":{},"token":"1,1"},"id":1}"""
            : """{"jsonrpc":"2.0","result":"","id":1}""");
        await using var connection = new XapiConnection(host.Endpoint, s_root);
        await connection.LogInAsync(patience.Token);
        var batch = await FromAsync("");
        await connection.LogOutAsync(patience.Token);

        await Assert.ThrowsAsync<XapiSessionLostException>(() => FromAsync(batch.Token));

        Task<XapiEventBatch> FromAsync(string token) =>
            connection.EventFromAsync(["*"], token, TimeSpan.FromSeconds(1), new(), _ => null, patience.Token);
    }

    [Fact]
    public async Task EventFromAsync_OldEventsWithoutRecords_FetchesThem()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Results(request => request.Method switch
        {
            "event.from" => Failure("MESSAGE_METHOD_UNKNOWN", "event.from"),
            "event.register" => Result("\"\""),
            "VM.get_all_records" => Result("""{"OpaqueRef:a":{"name_label":"a"},"OpaqueRef:b":{"name_label":"b"}}"""),
            "event.next" => Result("""[{"class":"vm","operation":"mod","ref":"OpaqueRef:a"},{"class":"vm","operation":"mod","ref":"OpaqueRef:c"},{"class":"vm","operation":"mod","ref":"OpaqueRef:b"},{"class":"vm","operation":"del","ref":"OpaqueRef:b"}]"""),
            "VM.get_record" => request.Body.Contains("OpaqueRef:a", StringComparison.Ordinal) ? Result("""{"name_label":"a2"}""") : Failure("HANDLE_INVALID", "VM"),
            var other => Failure("MESSAGE_METHOD_UNKNOWN", other),
        });
        await using var connection = new XapiConnection(host.Endpoint, s_root);
        await connection.LogInAsync(patience.Token);

        var start = await FromAsync("");
        var news = await FromAsync(start.Token);

        Assert.Equal(["OpaqueRef:a", "OpaqueRef:b"], start.Events.Select(e => e.Ref).Order());
        Assert.Equal("a2", ((Vm)news.Events.Single(e => e.Ref == "OpaqueRef:a").Object!).NameLabel);
        Assert.Equal(["OpaqueRef:b", "OpaqueRef:c"], news.Events.Where(e => e.Operation == EventOperation.Del).Select(e => e.Ref).Order());

        Task<XapiEventBatch> FromAsync(string token) => connection.EventFromAsync(["*"], token, Patience.Limit, new(), _ => null, patience.Token);
    }

    [Fact]
    public async Task EventFromAsync_OldEventsLost_HasToStartOver()
    {
        using var patience = Patience.Source();
        await using var host = ScriptedHost.Results(request => request.Method switch
        {
            "event.register" => Result("\"\""),
            "event.next" => Failure("EVENTS_LOST"),
            var other => Failure("MESSAGE_METHOD_UNKNOWN", other),
        });
        await using var connection = new XapiConnection(host.Endpoint, s_root);
        await connection.LogInAsync(patience.Token);
        var start = await FromAsync("");

        await Assert.ThrowsAsync<XapiSessionLostException>(() => FromAsync(start.Token));
        await Assert.ThrowsAsync<XapiSessionLostException>(() => FromAsync(start.Token));

        await FromAsync("");

        Task<XapiEventBatch> FromAsync(string token) => connection.EventFromAsync(["*"], token, Patience.Limit, new(), _ => null, patience.Token);
    }

    [Fact]
    public async Task GetAllRecordsAsync_RecordedRoles_AreAllThere()
    {
        using var patience = Patience.Source();
        var recorded = System.Text.Json.Nodes.JsonNode.Parse(SharedData.Bytes("data", "xapi-wire", "jsonrpc2-032-role-get_all_records.json"))!["response"]!["body"]!.ToString();
        await using var host = ScriptedHost.Results(_ => recorded);
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        var listing = await connection.GetAllRecordsAsync(XapiClass.XapiRole, new(), _ => null, patience.Token);

        Assert.Empty(listing.Unreadable);
        Assert.InRange(listing.Objects.Length, 2000, 3000);
        Assert.Equal(listing.Objects.Length, listing.Objects.Select(o => o.Ref).Distinct().Count());
    }

    private static string Result(string json) => $$"""{"jsonrpc":"2.0","result":{{json}},"id":1}""";

    private static string Failure(string code, params string[] parameters) =>
        $$"""{"jsonrpc":"2.0","error":{"code":1,"message":"{{code}}","data":[{{string.Join(',', parameters.Select(p => $"\"{p}\""))}}]},"id":1}""";

    private static string ReadFirst(ref System.Text.Json.Utf8JsonReader reader)
    {
        reader.Read();
        var first = reader.GetString()!;
        reader.Read();
        return first;
    }
}
