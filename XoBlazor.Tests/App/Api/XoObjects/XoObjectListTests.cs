using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.XoObjects;

/// <summary><c>xo.getAllObjects</c> over a real pool, asked in every way.</summary>
public sealed class XoObjectListTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private StoreSnapshot _store = null!;
    private Dictionary<string, JsonObject> _all = null!;

    public async ValueTask InitializeAsync()
    {
        _store = (await XoPools.LoadAsync("two-hosts-modern.xml", _patience.Token, [.. XoPools.Recorded("task"), .. XoPools.Recorded("message")])).Current;
        _all = XoPools.Objects(_store);
    }

    public ValueTask DisposeAsync()
    {
        _patience.Dispose();
        return default;
    }

    [Fact]
    public async Task WriteMap_NoFilter_IsEveryObjectById()
    {
        var map = await MapAsync(XoFilter.Everything);

        Assert.Equal(53, map.Count);
        Assert.All(map, p => Assert.True(JsonNode.DeepEquals(_all[p.Key], p.Value)));
    }

    [Fact]
    public async Task WriteLines_NoFilter_IsAnObjectALine()
    {
        var text = await ReadAsync((list, to) => list.WriteLinesAsync(to, _patience.Token), XoFilter.Everything);

        Assert.Equal(_all.Keys.Order(), text.TrimEnd('\n').Split('\n').Select(l => (string)JsonNode.Parse(l)!["id"]!).Order());
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"VM"}""", 3)]
    [InlineData("""{"type":"VM","power_state":"Running"}""", 1)]
    [InlineData("""{"type":"vm"}""", 0)]
    [InlineData("""{"type":["VM"]}""", 0)]
    [InlineData("""{}""", 53)]
    [InlineData("""{"id":"87719d31-4087-2471-8436-d7f887fd8d91"}""", 1)]
    [InlineData("""{"id":"87719d31-4087-2471-8436-d7f887fd8d91","type":"VBD"}""", 0)]
    [InlineData("""{"id":"nope"}""", 0)]
    [InlineData("""{"$pool":"4dddb5ae-f554-7bf4-ef87-1be65b4c94d0","type":"host"}""", 2)]
    [InlineData("""{"$poolId":"another"}""", 0)]
    [InlineData("""{"CPUs":{"number":2},"type":"VM-template"}""", 1)]
    [InlineData("""{"memory":{"dynamic":[2147483648]},"type":"VM"}""", 3)]
    [InlineData("""{"memory":{"dynamic":[2147483648,3]},"type":"VM"}""", 0)]
    [InlineData("""{"tags":[],"type":"VM"}""", 3)]
    [InlineData("""{"other":{},"type":"VM"}""", 3)]
    [InlineData("""{"device":null,"type":"VBD"}""", 4)]
    [InlineData("""{"parent":null}""", 0)]
    [InlineData("""{"attached":true,"type":"VBD"}""", 3)]
    [InlineData("""{"CPUs":2,"type":"VM"}""", 0)]
    public async Task WriteMap_AnExample_FindsWhatIsLikeIt(string example, int count)
    {
        using var parsed = JsonDocument.Parse(example);
        Assert.True(XoFilter.TryParse(parsed.RootElement, out var filter, out _));

        Assert.Equal(count, (await MapAsync(filter)).Count);
    }

    [Theory]
    [InlineData("type:VM", 3)]
    [InlineData("type:|(VM VM-template)", 4)]
    [InlineData("type:VM power_state:running", 1)]
    [InlineData("type:VM !power_state:running", 2)]
    [InlineData("", 53)]
    [InlineData("type:VM os_version:name:debian", 1)]
    [InlineData("type:VM addresses:10.71.0", 1)]
    [InlineData("type:VM mainIpAddress?", 1)]
    [InlineData("type:VM CPUs:number:>=2", 3)]
    [InlineData("type:VM CPUs:number:>2", 0)]
    [InlineData("type:VM memory:dynamic:>1", 0)]
    [InlineData("type:VBD position:3", 3)]
    [InlineData("type:VBD attached?", 3)]
    [InlineData("type:VDI VDI_type:user usage:>500M", 5)]
    [InlineData("type:PIF carrier:false", 4)]
    [InlineData("type:host memory:size:>60Gi", 2)]
    [InlineData("type:host certificates:fingerprint", 0)]
    [InlineData("type:SR name_label:/^NFS/", 1)]
    [InlineData("type:VM host:xcp-sim", 3)]
    [InlineData("netinst.iso", 1)]
    [InlineData("nosuchproperty:x", 0)]
    [InlineData("nosuchproperty?", 0)]
    [InlineData("type:task status:pending", 1)]
    public async Task WriteMap_ATextInTheFilterLanguage_FindsWhatItSays(string text, int count)
    {
        Assert.True(XoFilter.TryParse(text, out var filter, out _));

        Assert.Equal(count, (await MapAsync(filter)).Count);
    }

    [Theory]
    [InlineData("\"type:(\"", "character 6")]
    [InlineData("7", "A filter is")]
    [InlineData("""{"type":"\ud800"}""", "half a character")]
    [InlineData("""{"tags":[{"\udc00":1}]}""", "half a character")]
    [InlineData("\"\\ud800\"", "half a character")]
    [InlineData("[]", "A filter is")]
    [InlineData("true", "A filter is")]
    public void TryParse_WhatIsNoFilter_SaysWhy(string sent, string said)
    {
        using var parsed = JsonDocument.Parse(sent);

        Assert.False(XoFilter.TryParse(parsed.RootElement, out _, out var error));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(100, 3)]
    public async Task WriteMap_ALimit_StopsThere(long limit, int count)
    {
        Assert.True(XoFilter.TryParse("type:VM", out var filter, out _));

        Assert.Equal(count, (await MapAsync(filter, limit)).Count);
    }

    [Fact]
    public async Task WriteMap_AReaderThatWaits_IsWaitedFor()
    {
        var pipe = new Pipe(new(pauseWriterThreshold: 16_000, resumeWriterThreshold: 8_000));
        var many = new ObjectStore(TimeProvider.System, []);
        using (var writer = many.Open("pool"))
            writer.ApplyListing(Enumerable.Range(0, 5000).Select(i => new XoBlazor.Core.Model.Vm { Ref = $"OpaqueRef:{i}", Uuid = $"{i}" }));

        var writing = Task.Run(() => new XoObjectList(many.Current, XoFilter.Everything).WriteMapAsync(pipe.Writer, _patience.Token), _patience.Token);
        var read = await pipe.Reader.ReadAtLeastAsync(16_000, _patience.Token);
        var waiting = read.Buffer.Length;
        pipe.Reader.AdvanceTo(read.Buffer.Start);

        Assert.InRange(waiting, 16_000, 200_000);
        Assert.False(writing.IsCompleted);
        await pipe.Reader.CompleteAsync();
        await writing;
    }

    [Fact]
    public void Tag_OfOneObject_IsTheSameUntilItChanges()
    {
        using var document = new XoDocument();
        var pool = _store.Pools[0];
        var (host, vm) = (pool.All(XoBlazor.Core.Model.XapiClass.Host).First(), pool.All<XoBlazor.Core.Model.Vm>().First());

        string Tag(XoBlazor.Core.Model.XapiObject value)
        {
            document.Write(pool, value);
            return document.Tag();
        }

        Assert.Equal(Tag(vm), Tag(vm));
        Assert.NotEqual(Tag(vm), Tag(host));
        Assert.NotEqual(Tag(vm), Tag(vm with { NameLabel = "other" }));
    }

    private async Task<JsonObject> MapAsync(XoFilter filter, long? limit = null) =>
        JsonNode.Parse(await ReadAsync((list, to) => list.WriteMapAsync(to, _patience.Token), filter, limit))!.AsObject();

    private async Task<string> ReadAsync(Func<XoObjectList, PipeWriter, Task> write, XoFilter filter, long? limit = null)
    {
        using var bytes = new MemoryStream();
        var to = PipeWriter.Create(bytes, new(leaveOpen: true));
        await write(new(_store, filter, limit), to);
        await to.CompleteAsync();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
