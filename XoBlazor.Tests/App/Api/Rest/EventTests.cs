using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>Server-sent events: subscriptions, what they tell and to whom, and going on after a break.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private SamplePool _pool = null!;
    private RestClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server.OnAPort();
        _pool = new(_server.Get<ObjectStore>(), hosts: 2, vms: 8);
        _client = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _pool.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Subscription_TellsWhatComesChangesAndGoes_InTheFieldsAskedFor()
    {
        await using var stream = await Listener.OpenAsync(_client);
        var subscribed = await SubscribeAsync(stream, "VM", "name_label", "power_state");
        var vm = _pool.Vm(0);

        _pool.Apply(vm with { NameLabel = "renamed" });
        var update = await stream.NextAsync();
        _pool.Apply(_pool.Vm(0) with { NameDescription = "nobody asked for this" });
        _pool.Apply(new Vm { Ref = "OpaqueRef:new", Uuid = "9a000000-0000-4000-8000-000000000001", NameLabel = "new" });
        var add = await stream.NextAsync();
        _pool.Remove(_pool.Picture.Get(new XenRef<Vm>("OpaqueRef:new"))!);
        var remove = await stream.NextAsync();

        Assert.Equal((201, "VM"), (subscribed.Status, (string)subscribed.Json["id"]!));
        Assert.Equal(("update", $$"""{"$subscription":"VM","name_label":"renamed","power_state":"Halted","id":"{{vm.Uuid}}"}"""), (update.Event, update.Data));
        Assert.Equal("add", add.Event);
        Assert.Equal(("remove", "new"), (remove.Event, (string)JsonNode.Parse(remove.Data)!["name_label"]!));
    }

    [Fact]
    public async Task Stream_ThatBroke_GoesOnWhereItWas()
    {
        string last;
        await using (var stream = await Listener.OpenAsync(_client))
        {
            await SubscribeAsync(stream, "VM", "name_label");
            await SubscribeAsync(stream, "host", "name_label");
            _pool.Apply(_pool.Vm(0) with { NameLabel = "one" });
            await stream.NextAsync();
            last = await stream.PositionAsync();
        }
        _pool.Apply(_pool.Vm(1) with { NameLabel = "missed" });
        _pool.Apply(_pool.Picture.All<Host>().First() with { NameLabel = "missed, too" });

        await using var again = await Listener.OpenAsync(_client, last);
        string[] missed = [(await again.NextAsync()).Data, (await again.NextAsync()).Data];

        Assert.True((bool)again.Init["resumed"]!);
        Assert.Equal(last.Split('/')[0], (string)again.Init["id"]!);
        Assert.Contains(missed, data => data.Contains("\"missed\"", StringComparison.Ordinal));
        Assert.Contains(missed, data => data.Contains("\"missed, too\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0123456789abcdef/1.2")]
    public async Task Stream_ThatIsNotRemembered_BeginsAnew(string last)
    {
        await using var stream = await Listener.OpenAsync(_client, last);

        Assert.False(stream.Init.ContainsKey("resumed"));
    }

    [Fact]
    public async Task Stream_OfSomebodyElse_IsNotThere()
    {
        await using var stream = await Listener.OpenAsync(_client);
        using var other = await RestClient.UserAsync(_server, "otto");

        var answer = await other.PostAsync($"events/{stream.Init["id"]}/subscriptions", new JsonObject { ["collection"] = "VM" });
        await using var theirs = await Listener.OpenAsync(other, $"{stream.Init["id"]}/x.1");

        Assert.Equal(404, answer.Status);
        Assert.False(theirs.Init.ContainsKey("resumed"));
    }

    [Fact]
    public async Task Subscription_TellsOnlyWhatMayBeViewed_AlsoWhenThatChanges()
    {
        using var viewer = await RestClient.UserAsync(_server, "vera", (Role.Viewer, _pool.Uuid, _pool.Vm(1)));
        await using var stream = await Listener.OpenAsync(viewer);
        await viewer.PostAsync($"events/{stream.Init["id"]}/subscriptions", new JsonObject { ["collection"] = "VM", ["fields"] = "*" });

        _pool.Apply(_pool.Vm(2) with { NameLabel = "hidden" });
        _pool.Apply(_pool.Vm(1) with { NameLabel = "seen" });
        var seen = await stream.NextAsync();
        var grants = _server.Get<XoBlazor.App.Administration.GrantAdministration>();
        var reader = _server.Get<XoBlazor.App.Administration.AdministrationReader>();
        var vera = await _server.AccountAsync("vera");
        foreach (var grant in await reader.GrantsAsync([vera.Id], TestContext.Current.CancellationToken))
            await grants.RemoveAsync(await _server.AdminAsync(), grant.Id, TestContext.Current.CancellationToken);
        var gone = await stream.NextAsync();

        Assert.Equal("seen", (string)JsonNode.Parse(seen.Data)!["name_label"]!);
        Assert.Equal(("remove", _pool.Vm(1).Uuid), (gone.Event, (string)JsonNode.Parse(gone.Data)!["id"]!));
    }

    [Fact]
    public async Task Subscription_ThatDoesNotFit_IsRefused_AndOneCanBeEnded()
    {
        await using var stream = await Listener.OpenAsync(_client);
        var bad = await _client.PostAsync($"events/{stream.Init["id"]}/subscriptions", new JsonObject { ["collection"] = "nope" });
        await SubscribeAsync(stream, "VM", "name_label");

        var ended = await _client.SendAsync("DELETE", $"events/{stream.Init["id"]}/subscriptions/VM");
        var again = await _client.SendAsync("DELETE", $"events/{stream.Init["id"]}/subscriptions/VM");

        Assert.Equal(422, bad.Status);
        Assert.NotNull(bad.Json["error"]!["body.collection"]);
        Assert.Equal((204, 404), (ended.Status, again.Status));
    }

    [Fact]
    public async Task Stream_EndsWithItsToken()
    {
        var token = await RestClient.TokenAsync(_server, TestServer.Admin);
        using var client = RestClient.Of(_server, token);
        await using var stream = await Listener.OpenAsync(client);

        await _server.Get<XoBlazor.App.Administration.ApiTokens>().RevokeAsync(await _server.AdminAsync(), XoBlazor.App.Administration.ApiTokens.IdOf(token)!.Value, TestContext.Current.CancellationToken);

        Assert.True(await stream.EndsAsync());
    }

    private Task<RestAnswer> SubscribeAsync(Listener stream, string collection, params string[] fields) =>
        _client.PostAsync($"events/{stream.Init["id"]}/subscriptions", new JsonObject { ["collection"] = collection, ["fields"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]) });

    /// <summary>Reads a stream of events as a browser does.</summary>
    private sealed class Listener(HttpResponseMessage answer, StreamReader lines) : IAsyncDisposable
    {
        private readonly Queue<string> _positions = [];

        public JsonObject Init { get; private set; } = [];

        public static async Task<Listener> OpenAsync(RestClient client, string? last = null)
        {
            using var patience = Patience.Source();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/events");
            if (last is not null)
                request.Headers.Add("Last-Event-ID", last);
            var answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
            var listener = new Listener(answer, new(await answer.Content.ReadAsStreamAsync(patience.Token)));
            var (name, data) = await listener.NextAsync();
            Assert.Equal("init", name);
            listener.Init = JsonNode.Parse(data)!.AsObject();
            return listener;
        }

        /// <summary>The next event that has data.</summary>
        public async Task<(string Event, string Data)> NextAsync()
        {
            var (name, data) = ("", "");
            while (await LineAsync() is { } line)
                switch (line.Split(": ", 2))
                {
                    case ["event", var value]:
                        name = value;
                        break;
                    case ["data", var value]:
                        data = value;
                        break;
                    case ["id", var value]:
                        _positions.Enqueue(value);
                        break;
                    case [""] when data.Length > 0:
                        return (name, data);
                }
            throw new InvalidOperationException("The stream has ended.");
        }

        /// <summary>Where the stream is after what was read.</summary>
        public async Task<string> PositionAsync()
        {
            while (_positions.Count == 0)
                if (await LineAsync() is { } line && line.StartsWith("id: ", StringComparison.Ordinal))
                    _positions.Enqueue(line["id: ".Length..]);
            return _positions.Last();
        }

        public async Task<bool> EndsAsync()
        {
            try
            {
                while (await LineAsync() is not null)
                {
                }
                return true;
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
                return true;
            }
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            lines.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<string?> LineAsync()
        {
            using var patience = Patience.Source();
            return await lines.ReadLineAsync(patience.Token);
        }
    }
}
