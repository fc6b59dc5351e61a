using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using XoBlazor.App.Accounts.Oidc;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Accounts.Oidc.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Notifications.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// Notifications, plugins and providers while they are used: rules of every kind, messages of every state, plugins that wait for somebody, that work, and that failed.
/// XOBLAZOR_LOOKS names a folder for pictures.
/// </summary>
public sealed class SettingsInUseLooks : IAsyncLifetime
{
    private const string Worker =
        """
        {"id": "night-work", "name": "Night work", "version": "1.0.0", "contract": "1.0", "command": ["python3", "main.py"], "description": "Does by night what nobody wants to wait for by day.",
         "wants": {"read": ["VM", {"class": "host", "filter": "tags:production"}], "operations": ["vm.snapshot", "vm.delete"], "before": [{"operation": "vm.delete", "otherwise": "refuse"}], "after": ["vm.start"], "audit": true, "storage": true,
           "schedule": [{"name": "tidy", "every": "00:15:00"}, {"name": "report", "at": "02:30"}], "http-out": ["hooks.example.org", "*.a-rather-long-name-of-a-server-that-somebody-has.example.org:8443"],
           "notifications": {"send": true, "transports": [{"id": "page", "title": "Pager"}]}},
         "configuration": {"type": "object", "properties": {"hour": {"type": "integer", "title": "Hour", "default": 3}}}}
        """;

    private const string Work =
        """
        def handle(message):
            if message["method"] == "schedule.run" and message["params"]["name"] == "report":
                send({"id": message["id"], "error": {"code": 1, "message": "The printer in the basement is out of paper, and has been since Tuesday."}})
                return
            answer(message)
            if message["method"] == "unload":
                sys.exit(0)

        start()
        serve()
        """;

    private const string Failing =
        """
        {"id": "tape-robot", "name": "Tape robot", "version": "1.0.0", "contract": "1.0", "command": ["python3", "main.py"], "wants": {"storage": true}}
        """;

    private const string Failure =
        """
        start()
        print("connecting to robot-7.backup.example.org:" + "9" * 120, file=sys.stderr)
        sys.exit("The robot does not answer.")
        """;

    // What can be done with a line is in sight without scrolling sideways, however long the names are.
    private const string Hidden = """
        () => [...document.querySelectorAll('main .scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)
          .map(e => `${e.querySelector('table')?.getAttribute('aria-label')}: ${e.scrollWidth - e.clientWidth} px are out of sight`)
        """;

    private readonly TestServer _server = new TestServer()
        .With("Plugins:MostFailures", "1")
        .With(services => services.AddSingleton<INotificationTransport>(new FakeTransport("carrier", reachesPeople: true)))
        .OnAPort();
    private readonly List<string> _problems = [];
    private OidcServer _provider = null!;
    private Requester _admin = null!;
    private SamplePool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PluginFleet Fleet => _server.Get<PluginFleet>();

    public async ValueTask InitializeAsync()
    {
        Needs.Program("python3", "python3");
        _admin = await _server.AdminAsync();
        _provider = await OidcServer.StartAsync();
        _pool = new(_server.Get<ObjectStore>());
        _server.Get<VisibleStores>().CatchUp();
        await PluginsAsync();
        await MessagesAsync(await RulesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
        _pool.Dispose();
    }

    [Fact]
    public async Task Settings_InUse_AreWholeQuietAccessibleAndOpenByKeys()
    {
        await using var browser = await Browser.StartAsync();
        foreach (var view in View.All)
        {
            var page = await browser.OpenAsync(_server.Address!.AbsoluteUri, view.Width, view.Height, view.IsDark);
            await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example ID" }).WaitForAsync();
            await LookAsync(page, "sign-in", view);
            await page.SignInAsync(TestServer.Admin, TestServer.Password);
            var watch = PageWatch.On(page);

            await GoAsync(page, "notifications", view, page.GetByRole(AriaRole.Table, new() { Name = "Messages" }));
            await LookOverAsync(page, "rule-new", view, Button(page, "New rule"), "#rule-name");
            await LookOverAsync(page, "rule", view, Button(page, "Edit Storage fills up"), "#rule-zone");
            await LookOverAsync(page, "rule-remove", view, Button(page, "Remove Storage fills up"), "[role=dialog]");
            await GoAsync(page, "plugins", view, page.GetByLabel("What the plugin wrote").First);
            await LookOverAsync(page, "plugin-accept", view, Button(Card(page, "Trickster"), "What it may"), ".notice.busy");
            await LookOverAsync(page, "plugin-sign-in", view, Button(Card(page, "OpenID Connect"), "Configure"), "#configuration-issuer");
            await LookOverAsync(page, "plugin-import", view, Button(page, "Import configurations"), "[role=alert]", () => ChooseAsync(page));

            _problems.AddRange(watch.Take().Select(complaint => $"{view}: {complaint}"));
            await page.CloseAsync();
        }

        Assert.True(_problems.Count == 0, string.Join("\n", _problems));
    }

    private static Task ChooseAsync(IPage page) => page.Locator("#plugin-configurations").ChooseAsync("plugins.json", "application/json", "not JSON"u8.ToArray());

    private static ILocator Card(IPage page, string name) => page.GetByRole(AriaRole.Article, new() { Name = name });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task GoAsync(IPage page, string name, View view, ILocator there)
    {
        await new Station(name, $"/settings/{name}", _ => there.WaitForAsync()).GoAsync(page, _server.Address!.GetLeftPart(UriPartial.Authority));
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await LookAsync(page, name, view);
    }

    /// <summary>Opens something over the page by keys, looks at it, and leaves it: then the focus is back where it was opened.</summary>
    private async Task LookOverAsync(IPage page, string name, View view, ILocator opener, string opened, Func<Task>? fill = null)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await DemoTour.OpenedAsync(dialog);
        if (fill is not null)
            await fill();
        await page.Locator(opened).First.WaitForAsync();
        await LookAsync(page, name, view);
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
    }

    private async Task LookAsync(IPage page, string name, View view)
    {
        await Station.RestAsync(page);
        await Pictures.TakeAsync(page, $"used-{name}-{view}");
        _problems.AddRange((await Station.TooWideAsync(page)).Concat(await Station.CutAsync(page)).Concat(await page.EvaluateAsync<string[]>(Hidden)).Concat(await Axe.ProblemsAsync(page)).Select(problem => $"{name} at {view}: {problem}"));
    }

    private async Task PluginsAsync()
    {
        await Fleet.InstallAsync(TricksterPlugin.Package(), "ada", Token);
        await LoadAsync(Failing, Failure, "tape-robot", PluginState.GivenUp);
        await LoadAsync(Worker, Work, "night-work", PluginState.Loaded);
        await _server.WaitAsync(() => Fleet.Find("night-work")!.Schedules is { Length: 2 } works && works.All(work => work.Next is not null));
        await _server.Get<PluginAdministration>().RunNowAsync(_admin, "night-work", "report", Token);
        await _server.WaitAsync(() => Fleet.Find("night-work")!.Schedules.Any(work => work.Problem is not null));
        var oidc = new JsonObject { ["label"] = "Example ID", ["issuer"] = _provider.Issuer, ["clientId"] = OidcServer.Client, ["clientSecret"] = OidcServer.Secret };
        await Fleet.AcceptAsync(OidcPlugin.Name, Fleet.Find(OidcPlugin.Name)!.Settings.Manifest.Wants.Texts, [], Token);
        await Fleet.ConfigureAsync(OidcPlugin.Name, oidc, Token);
        await Fleet.LoadAsync(OidcPlugin.Name, Token);
        await ReachAsync(OidcPlugin.Name, PluginState.Loaded);
    }

    private async Task LoadAsync(string manifest, string script, string id, PluginState end)
    {
        var plugin = await Fleet.InstallAsync(PluginZip.Package(manifest, PythonPlugin.Prelude.Replace(PythonPlugin.Id, id, StringComparison.Ordinal) + script), "ada", Token);
        await Fleet.AcceptAsync(id, plugin.Settings.Manifest.Wants.Texts, [], Token);
        await Fleet.LoadAsync(id, Token);
        await ReachAsync(id, end);
    }

    private Task ReachAsync(string id, PluginState state) => _server.WaitAsync(() => Fleet.Find(id)!.Status.State == state);

    private async Task<IReadOnlyList<NotificationRule>> RulesAsync()
    {
        NotificationTrigger[] all =
        [
            new NotificationTrigger.HostDown(TimeSpan.FromMinutes(5)), new NotificationTrigger.PoolSilent(TimeSpan.FromMinutes(1)), new NotificationTrigger.AlarmRaised(),
            new NotificationTrigger.Threshold(Measure.SrUse, 90, TimeSpan.FromMinutes(30), 5, "type:lvmoiscsi tags:production"),
            new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted tags:production"), new NotificationTrigger.ObjectMatches(XapiClass.Vm, "tags:backed-up", true),
            new NotificationTrigger.FieldChanges(XapiClass.Vm, ["power_state", "memory_target"]),
            new NotificationTrigger.TaskFailed(), new NotificationTrigger.OperationFailed(["vm.start", "vm.migrate"]), new NotificationTrigger.UpdateAvailable(), new NotificationTrigger.PluginGivenUp(), new NotificationTrigger.PluginSays("night-work"),
        ];
        var rules = all.Select((when, at) => new NotificationRule
        {
            Id = Guid.NewGuid(),
            Name = when is NotificationTrigger.Threshold ? "Storage fills up" : at == 4 ? new('W', RuleCheck.LongestName) : $"Rule {at + 1}",
            IsEnabled = at != 7,
            When = when,
            Who = [new Recipient.At("operators@example.org"), new Recipient.User(_admin.Actor.Id)],
            How = "carrier",
            Severity = (NotificationSeverity)(at % 3),
            Pace = when is NotificationTrigger.Threshold ? new Pace.Daily(new(8, 0)) : at == 1 ? new Pace.Every(TimeSpan.FromHours(1)) : Pace.AtOnce.Instance,
            Quiet = at is 3 or 5 ? new(new(22, 0), new(7, 0)) : null,
            Zone = "Europe/Paris",
        }).ToList();
        foreach (var rule in rules)
            await _server.Get<NotificationRules>().SaveAsync(rule, Token);
        return rules;
    }

    /// <summary>A message of each state but on its way, twice.</summary>
    private Task MessagesAsync(IReadOnlyList<NotificationRule> rules)
    {
        var now = TimeProvider.System.GetUtcNow();
        var all = Enumerable.Range(0, 10).Select(at => (At: at, Rule: rules[at], State: Enum.GetValues<OutboxState>()[at % 5]));
        var messages = all.Where(one => one.State != OutboxState.Sending).Select(one => new OutboxEntry
        {
            Id = Guid.NewGuid(),
            Notification = new()
            {
                Id = Guid.NewGuid(),
                Rule = one.Rule.Id,
                Kind = NotificationKind.Began,
                Severity = one.Rule.Severity,
                Title = one.At == 4 ? new string('W', Notification.LongestTitle) : $"{_pool.Vm(one.At).NameLabel} is halted since five minutes, and nobody has said why",
                Incident = Guid.NewGuid(),
                Time = now.AddMinutes(-7 * one.At),
            },
            RuleName = one.Rule.Name,
            How = one.Rule.How,
            Address = one.At % 2 == 0 ? "operators@example.org" : null,
            User = one.At % 2 == 0 ? null : _admin.Actor.Id,
            State = one.State,
            Due = now.AddDays(1),
            Attempts = one.State is OutboxState.Dead ? 12 : one.At == 5 ? 2 : 0,
            Problem = one.State is OutboxState.Dead || one.At == 5 ? "The mail server mail.example.org did not take it: 550 5.1.1 no such person here. Look at the address."
                : one.State == OutboxState.Withheld ? "The person may not view it any more."
                : null,
            Ended = one.State is OutboxState.Waiting ? null : now,
        });
        return _server.Get<INotificationStore>().TellAsync([], [], [.. messages], null, 1000, Token);
    }
}
