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

    private static string ReadFirst(ref System.Text.Json.Utf8JsonReader reader)
    {
        reader.Read();
        var first = reader.GetString()!;
        reader.Read();
        return first;
    }
}
