using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Api.XoObjects.Feed;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.App.Api.XoObjects.FeedFixture;

namespace XoBlazor.Tests.App.Api.XoObjects;

public sealed class XoFeedTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly FeedFixture _fixture = new();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task All_AnObjectThatChanges_EntersWholeAsXenOrchestraSays()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());

        _fixture.Put(Vm("a", "prod", "renamed"));
        var message = await client.NextAsync(_patience.Token);

        Assert.Equal(["jsonrpc", "method", "params"], message.Select(p => p.Key));
        Assert.Equal(("2.0", "all", "enter"), ((string)message["jsonrpc"]!, (string)message["method"]!, (string)message["params"]!["type"]!));
        var vm = Assert.Single(message["params"]!["items"]!.AsObject());
        Assert.Equal("a", vm.Key);
        Assert.True(JsonNode.DeepEquals(XoPools.Objects(_fixture.Store.Current)["a"], vm.Value));
    }

    [Fact]
    public async Task All_AnObjectThatGoes_ExitsWithZero()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());

        _fixture.Remove("a");
        var message = await client.NextAsync(_patience.Token);

        Assert.Equal("""{"type":"exit","items":{"a":0}}""", message["params"]!.ToJsonString());
    }

    [Fact]
    public async Task All_ANeighbourThatObjectsAreMadeFrom_MakesThemAnew()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());

        _fixture.Put(new VmMetrics { Ref = "OpaqueRef:metrics", MemoryActual = 7 });
        await client.NextAsync(_patience.Token);

        Assert.Equal([7, 7], new[] { "a", "b" }.Select(id => (int)client.Knows[id]["memory"]!["size"]!));
    }

    [Fact]
    public async Task All_ChangesThatNobodySees_AreNotTold()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());

        _fixture.Put(new VmMetrics { Ref = "OpaqueRef:metrics", MemoryActual = 1, LastUpdated = DateTimeOffset.UnixEpoch.AddDays(1) });
        _fixture.Put(Vm("a", "prod") with { UserVersion = 8 });
        _fixture.Put(Vm("b", "test", "seen"));
        var message = await client.NextAsync(_patience.Token);

        Assert.Equal(["b"], message["params"]!["items"]!.AsObject().Select(i => i.Key));
    }

    [Fact]
    public async Task All_ManyWhoSeeTheSame_GetTheSameBytes()
    {
        _fixture.Grant(new AccessScope.OfPool(PoolUuid));
        await using var first = new FeedClient(_fixture, _fixture.Ada());
        await using var second = new FeedClient(_fixture, _fixture.Ada());

        _fixture.Put(Vm("a", "prod", "renamed"));

        Assert.True(MemoryMarshal.TryGetArray(await first.NextBytesAsync(_patience.Token), out var one));
        Assert.True(MemoryMarshal.TryGetArray(await second.NextBytesAsync(_patience.Token), out var other));
        Assert.Same(one.Array, other.Array);
    }

    [Fact]
    public async Task All_WhatComesIntoView_EntersAndWhatGoesExits()
    {
        _fixture.Grant(new AccessScope.OfVms("tags:prod"));
        await using var client = new FeedClient(_fixture, _fixture.Ada());

        _fixture.Put(Vm("b", "test", "not seen"));
        _fixture.Put(Vm("b", "prod"));
        await client.NextAsync(_patience.Token);
        Assert.Equal(["b"], client.Knows.Keys);

        _fixture.Put(Vm("b", "test"), Vm("a", "test"));
        var message = await client.NextAsync(_patience.Token);
        Assert.Equal(["a", "b"], message["params"]!["items"]!.AsObject().Select(i => i.Key).Order());
        Assert.Equal("exit", (string)message["params"]!["type"]!);
    }

    [Fact]
    public async Task All_GrantsThatChange_LeadToWhatMayBeViewedNow()
    {
        _fixture.Grant(new AccessScope.OfVms("tags:prod"));
        await using var client = new FeedClient(_fixture, _fixture.Ada());

        _fixture.Grant(new AccessScope.OfVms("tags:test"));
        await client.UntilAsync(() => client.Knows.ContainsKey("b"), _patience.Token);
        Assert.Equal(["b"], client.Knows.Keys);

        _fixture.Put(Vm("a", "prod", "not seen"), Vm("b", "test", "seen"));
        await client.UntilAsync(() => (string)client.Knows["b"]["name_label"]! == "seen", _patience.Token);
        Assert.Equal(["b"], client.Knows.Keys);

        _fixture.Grant();
        await client.UntilAsync(() => client.Knows.Count == 0, _patience.Token);
    }

    [Fact]
    public async Task All_AReaderWhoLags_IsToldWhereItLedAndNotEachStep()
    {
        using var view = _fixture.Everything();
        using var reader = _fixture.Feeds.Open(view);
        await using var frames = reader.ReadAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
        await using var other = new FeedClient(_fixture, _fixture.Everything());
        _fixture.Put(Vm("a", "prod", "0"));
        Assert.True(await frames.MoveNextAsync());

        // More than is kept, each a step of its own.
        for (var i = 1; i <= new XoFeedOptions().MostSteps + 10; i++)
        {
            _fixture.Put(Vm("a", "prod", $"{i}"));
            await other.UntilAsync(() => other.Knows.TryGetValue("a", out var a) && (string)a["name_label"]! == $"{i}", _patience.Token);
        }

        Assert.True(await frames.MoveNextAsync());
        var message = JsonNode.Parse(Encoding.UTF8.GetString(frames.Current.Span))!;

        Assert.Equal($"{new XoFeedOptions().MostSteps + 10}", (string)message["params"]!["items"]!["a"]!["name_label"]!);
    }

    [Fact]
    public async Task All_AReaderWhoTakesNothingForLong_IsCutOffWithAReason()
    {
        var time = new FakeTimeProvider();
        await using var fixture = new FeedFixture(new() { Pace = TimeSpan.Zero }, time);
        using var view = fixture.Everything();
        using var reader = fixture.Feeds.Open(view);
        await using var other = new FeedClient(fixture, fixture.Everything());
        await using var frames = reader.ReadAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
        fixture.Put(Vm("a", "prod", "1"));
        await other.NextAsync(_patience.Token);
        Assert.True(await frames.MoveNextAsync());

        time.Advance(new XoFeedOptions().MostBehind - TimeSpan.FromSeconds(1));
        Assert.Null(reader.CutReason);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("too slow", reader.CutReason, StringComparison.Ordinal);
        Assert.True(reader.Cut.IsCancellationRequested);
        Assert.Null(other.Reader.CutReason);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await frames.MoveNextAsync())
            {
            }
        });
    }

    [Fact]
    public async Task Subscribe_AFilterAndFields_TellsWhatIsThereThenOnlyWhatChanges()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());
        Assert.True(XoFilter.TryParse("type:VM tags:prod", out var filter, out _));

        var subscribed = client.Reader.Subscribe(filter, ["name_label", "mainIpAddress"], since: null);
        var first = await client.NextAsync(_patience.Token);
        Assert.Equal(XoSubscribedHow.FromNothing, subscribed.How);
        Assert.Equal("""{"id":"a","type":"VM","name_label":""}""", client.Knows["a"].ToJsonString());
        Assert.Equal((subscribed.Id, false, "changes"), ((string)first["params"]!["subscription"]!, (bool)first["params"]!["more"]!, (string)first["method"]!));

        _fixture.Put(Vm("a", "prod") with { StartDelay = 7 });
        _fixture.Put(Vm("a", "prod", "renamed") with { StartDelay = 8 });
        var second = await client.NextAsync(_patience.Token);
        Assert.Equal("""{"a":{"name_label":"renamed"}}""", second["params"]!["update"]!.ToJsonString());

        _fixture.Put(Vm("a", "test", "renamed"), Vm("b", "prod", "b"));
        await client.NextAsync(_patience.Token);
        Assert.Equal(["b"], client.Knows.Keys);
    }

    [Fact]
    public async Task Subscribe_APropertyThatGoes_IsUnset()
    {
        _fixture.Put(Vm("a", "prod") with { GuestMetrics = new("OpaqueRef:guest") });
        _fixture.Put(new VmGuestMetrics { Ref = "OpaqueRef:guest", Networks = XenMap<string, string>.Of(new KeyValuePair<string, string>("0/ip", "10.0.0.1")) });
        await using var client = new FeedClient(_fixture, _fixture.Everything());
        client.Reader.Subscribe(XoFilter.Everything, ["mainIpAddress"], since: null);
        await client.UntilAsync(() => client.Knows.ContainsKey("a") && client.Knows["a"].ContainsKey("mainIpAddress"), _patience.Token);

        _fixture.Put(new VmGuestMetrics { Ref = "OpaqueRef:guest" });
        var message = await client.NextAsync(_patience.Token);

        Assert.Equal("""{"a":["mainIpAddress"]}""", message["params"]!["unset"]!.ToJsonString());
    }

    [Fact]
    public async Task Subscribe_AgainFromAPosition_TellsWhatHappenedMeanwhile()
    {
        string position;
        JsonObject had;
        await using (var before = new FeedClient(_fixture, _fixture.Everything()))
        {
            before.Reader.Subscribe(XoFilter.Everything, null, since: null);
            await before.UntilAsync(() => before.Knows.ContainsKey("b"), _patience.Token);
            _fixture.Put(Vm("a", "prod", "1"));
            position = (string)(await before.NextAsync(_patience.Token))["params"]!["position"]!;
            had = before.Knows["a"];
        }

        _fixture.Put(Vm("a", "prod", "2"));
        _fixture.Put(Vm("c", "prod"));
        _fixture.Remove("b");
        await using var client = new FeedClient(_fixture, _fixture.Everything());
        (client.Knows["a"], client.Knows["b"]) = (had, []);
        var subscribed = client.Reader.Subscribe(XoFilter.Everything, null, position);
        await client.UntilAsync(() => (string)had["name_label"]! == "2" && client.Knows.ContainsKey("c") && !client.Knows.ContainsKey("b"), _patience.Token);

        Assert.Equal(XoSubscribedHow.Resumed, subscribed.How);
        Assert.Equal(["a", "c"], client.Knows.Keys.Order());
        Assert.Same(had, client.Knows["a"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("abc.0")]
    [InlineData("0.99999999999999999999999")]
    public async Task Subscribe_FromAPositionThatIsNotRemembered_BeginsAnew(string position)
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());

        var subscribed = client.Reader.Subscribe(XoFilter.Everything, null, position);
        await client.UntilAsync(() => client.Knows.Count == 3, _patience.Token);

        Assert.Equal(XoSubscribedHow.FromNothing, subscribed.How);
    }

    [Fact]
    public async Task Subscribe_AndUnsubscribe_AllIsTheRestOfTheTime()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());
        var id = client.Reader.Subscribe(XoFilter.Everything, null, since: null).Id;
        await client.UntilAsync(() => client.Knows.ContainsKey("a"), _patience.Token);

        Assert.True(client.Reader.Unsubscribe(id));
        Assert.False(client.Reader.Unsubscribe(id));
        _fixture.Put(Vm("a", "prod", "renamed"));

        Assert.Equal("all", (string)(await client.NextAsync(_patience.Token))["method"]!);
    }

    [Fact]
    public async Task Subscribe_MoreThanAConnectionMay_IsRefused()
    {
        await using var client = new FeedClient(_fixture, _fixture.Everything());

        var answers = Enumerable.Range(0, 17).Select(i => client.Reader.Subscribe(XoFilter.Everything, [$"{i}"], since: null).How).ToList();

        Assert.Equal(16, answers.Count(h => h == XoSubscribedHow.FromNothing));
        Assert.Equal(XoSubscribedHow.TooMany, answers[^1]);
    }
}
