using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Access;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.ByPlugin;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Plugins;
using XoBlazor.Tests.Plugins;

namespace XoBlazor.Tests.Notifications;

/// <summary>Plugins that carry messages, and plugins that tell something.</summary>
public sealed class PluginNotificationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset s_time = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Message_IsCarriedByAPlugin_AndItsNoIsAFailure()
    {
        var pager = new Pager();
        await using var bench = new PluginBench(builtIn: pager);
        await bench.ApplyAsync();
        await bench.Fleet.StartAsync(bench.Token);
        while (bench.Fleet.Find("pager")?.Status.State != PluginState.Loaded)
            await Task.Delay(20, bench.Token);
        var transport = Assert.Single(new PluginTransports(bench.Fleet).Transports);
        var part = new OutgoingPart(Guid.NewGuid(), Guid.NewGuid(), NotificationKind.Began, NotificationSeverity.Critical, "A host is down", "It is.", s_time, null, null, null, "https://xo.example.test/hosts/a/b");

        await transport.SendAsync("""{"number": "+33 1"}""", new(part.Id, Guid.NewGuid(), "Hosts", s_time, [part]), bench.Token);
        var refused = await Assert.ThrowsAsync<NotificationException>(() => transport.SendAsync("""{"number": "busy"}""", new(part.Id, Guid.NewGuid(), "Hosts", s_time, [part]), bench.Token));
        var never = await Assert.ThrowsAsync<NotificationException>(() => transport.SendAsync("""{"number": "none"}""", new(part.Id, Guid.NewGuid(), "Hosts", s_time, [part]), bench.Token));
        await bench.Fleet.UnloadAsync("pager", bench.Token);

        var got = Assert.Single(pager.Got);
        Assert.Equal(("page", part.Id, "page", "A host is down", "It is.", part.Link, "critical", "+33 1"), (transport.Id, got.Id, got.Transport, got.Title, got.Text, got.Link, got.Severity, got.Recipient.GetProperty("number").GetString()));
        Assert.Equal(("Hosts", s_time, 0), (got.RuleName, got.Time, got.More));
        Assert.Equal(new(part.Id, part.Incident, "began", "critical", "A host is down", "It is.", s_time, null, null, null, part.Link), Assert.Single(got.Parts));
        Assert.Contains("The line is busy.", refused.Message, StringComparison.Ordinal);
        Assert.Equal((false, true), (refused.IsLasting, never.IsLasting));
        Assert.Contains("does not fit", transport.Fault("{}"), StringComparison.Ordinal);
        Assert.Contains("as JSON", transport.Fault("+33 1"), StringComparison.Ordinal);
        Assert.Equal("pager is not loaded. Load it in Settings → Plugins.", Assert.Single(new PluginTransports(bench.Fleet).Transports).Obstacle);
        await bench.Fleet.AcceptAsync("pager", [], [], bench.Token);
        Assert.Empty(new PluginTransports(bench.Fleet).Transports);
    }

    [Fact]
    public async Task PluginOfItsOwn_ReachesPeople_AndSaysWhatLasts()
    {
        const string wants = """{"storage": true, "notifications": {"transports": [{"id": "post", "title": "Post", "recipientTitle": "Mailbox", "people": true}]}}""";
        await using var bench = new PluginBench();
        await bench.LoadAsync(PythonPlugin.Prelude + """
            start()
            while True:
                message = read()
                if message["method"] != "notification.send":
                    handle(message)
                elif message["params"]["recipient"].startswith("nobody"):
                    send({"id": message["id"], "error": {"code": 5, "message": "Nobody lives there."}})
                elif message["params"]["recipient"].startswith("later"):
                    send({"id": message["id"], "error": {"code": 3, "message": "Not now."}})
                else:
                    told = message["params"]
                    note("told", [told["rule"]["name"], told["more"], [part["title"] for part in told["notifications"]]])
                    answer(message)
            """, PythonPlugin.Manifest(wants));
        var transport = Assert.Single(new PluginTransports(bench.Fleet).Transports);
        OutgoingPart Part(string title) => new(Guid.NewGuid(), Guid.NewGuid(), NotificationKind.Happened, NotificationSeverity.Information, title, "", s_time, null, null, null, null);
        var message = new OutgoingMessage(Guid.NewGuid(), Guid.NewGuid(), "Hosts", s_time, [Part("one"), Part("two")], 3);

        await transport.SendAsync("ada@example.test", message, bench.Token);
        var never = await Assert.ThrowsAsync<NotificationException>(() => transport.SendAsync("nobody@example.test", message, bench.Token));
        var later = await Assert.ThrowsAsync<NotificationException>(() => transport.SendAsync("later@example.test", message, bench.Token));

        Assert.Equal("""["Hosts",3,["one","two"]]""", (await bench.NotedAsync("told")).ToJsonString());
        Assert.Equal(("test-plugin/post", "Post (Test)", "Mailbox", true), (transport.Id, transport.Title, transport.AddressTitle, transport.ReachesPeople));
        Assert.Equal(("Test says: Nobody lives there.", true), (never.Message, never.IsLasting));
        Assert.Equal(("Test says: Not now.", false), (later.Message, later.IsLasting));
        Assert.Contains("is no e-mail address", transport.Fault("ada"), StringComparison.Ordinal);
        Assert.Contains("notifications: carry by post to people", bench.Plugin.Settings.Manifest.Wants.Texts);
    }

    [Fact]
    public async Task Notices_AreTaken_AsFarAsAccepted_AndNotTooOften()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        var time = new FakeTimeProvider(s_time);
        var notices = new PluginNotices(store, new(store), time);
        var plugin = new PluginSettings { Manifest = ManifestReader.ReadBuiltIn(new Pager().Manifest), Hash = "", Accepted = new([new NotificationSendWant()]), Installed = s_time, InstalledBy = "ada" };
        var said = JsonSerializer.SerializeToElement(new { title = "Tape is full", severity = "warning" });

        var unaccepted = await Assert.ThrowsAsync<PluginRefusedException>(async () => await notices.AnswerAsync(plugin with { Accepted = PluginWants.None }, "notifications.send", said, Token));
        for (var sent = 0; sent < PluginNotices.MostPerMinute; sent++)
            await notices.AnswerAsync(plugin, "notifications.send", said, Token);
        var tooMuch = await Assert.ThrowsAsync<PluginRefusedException>(async () => await notices.AnswerAsync(plugin, "notifications.send", said, Token));
        time.Advance(TimeSpan.FromMinutes(1));
        await notices.AnswerAsync(plugin, "notifications.send", said, Token);
        var hidden = await Assert.ThrowsAsync<PluginRefusedException>(async () => await notices.AnswerAsync(plugin, "notifications.send", JsonSerializer.SerializeToElement(new { title = "a", pool = "p", id = "o" }), Token));

        Assert.Equal((PluginRefusedException.NotAccepted, PluginRefusedException.TooMuch, PluginRefusedException.NotThere), (unaccepted.Code, tooMuch.Code, hidden.Code));
        Assert.Equal(PluginNotices.MostPerMinute + 1, notices.Take().Length);
        Assert.Empty(notices.Take());
    }

    private sealed class Pager : IBuiltInPlugin
    {
        public List<PluginNotification> Got { get; } = [];

        public string Manifest => """
            {"id": "pager", "version": "1.0.0", "contract": "1.0", "wants": {"notifications": {"send": true, "transports": [
            {"id": "page", "title": "Pager", "recipient": {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}}}}]}}}
            """;

        public Plugin Create() => new Loaded(this);

        private sealed class Loaded(Pager pager) : Plugin
        {
            public override string Id => "pager";

            public override string Version => "1.0.0";

            protected override Task SendAsync(PluginNotification notification, CancellationToken cancellationToken)
            {
                if (notification.Recipient.GetProperty("number").GetString() == "busy")
                    throw new InvalidOperationException("The line is busy.");
                if (notification.Recipient.GetProperty("number").GetString() == "none")
                    throw new PluginRefusedException(PluginRefusedException.Lasting, "There is no such number.");
                pager.Got.Add(notification);
                return Task.CompletedTask;
            }
        }
    }
}
