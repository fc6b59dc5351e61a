using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Access;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Audit.Syslog;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pages without a browser on a whole server: its database, engine and audit. Whoever is named sits at the page; the administrator at first.</summary>
public class SettingsContext : ConsoleContext
{
    private readonly TestServer _server = new();

    public SettingsContext() : this(new Dictionary<string, string>())
    {
    }

    /// <param name="settings">Of the server.</param>
    protected SettingsContext(IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
            _server.With(name, value);
        _server.Browser().Dispose();
        Administrator = Get<AppDatabase>(scoped: true).Users.Single().Id;
        Person = new(AccessPolicyFeed.Text(Administrator), TestServer.Admin);
        Services.AddSingleton<AuthenticationStateProvider>(new Sitting(this));
        Services.AddSingleton(_ => Get<ObjectStore>());
        Services.AddSingleton(_ => Get<AccessEngine>());
        Services.AddSingleton(_ => Get<VisibleStores>());
        Services.AddSingleton(_ => Get<SharedPictures>());
        Services.AddSingleton(_ => Get<AuditLog>());
        Services.AddSingleton(_ => Get<PluginFleet>());
        Services.AddSingleton(_ => Get<PluginPanels>());
        Services.AddSingleton(_ => Get<PanelNews>());
        Services.AddSingleton(_ => Get<IOptions<AuditOptions>>());
        Services.AddSingleton(Get<SyslogForwarder>());
        Services.AddSingleton(_ => Get<AdministrationRunner>());
        Services.AddSingleton(_ => Get<CloudConfigs>());
        Services.AddScoped<ViewAs>();
        Services.AddFallbackServiceProvider(_server.Services);
    }

    /// <summary>The server's first account.</summary>
    public Guid Administrator { get; }

    public Actor Person { get; set; }

    /// <summary>The session the person sits at, for pages that ask for it.</summary>
    public Guid? Session { get; set; }

    internal Requester Boss => new(new(AccessPolicyFeed.Text(Administrator), TestServer.Admin), Actions.Face);

    internal AccessEngine Access => Get<AccessEngine>();

    internal TestServer Server => _server;

    /// <summary>Makes a user, as another administrator would.</summary>
    internal Task<Guid> UserAsync(string name) => Get<UserAdministration>().CreateAsync(Boss, new(name, "a long enough password"), Xunit.TestContext.Current.CancellationToken);

    internal T Get<T>(bool scoped = false) where T : notnull => (scoped ? _server.Services.CreateScope().ServiceProvider : _server.Services).GetRequiredService<T>();

    /// <summary>Waits for what the page shows by itself: pages look again once a second, in a test at every beat.</summary>
    protected void WaitFor(IRenderedComponent<IComponent> page, Action assertion)
    {
        // A page that is busy gets its next beat later; no thread waits for it.
        var last = Task.CompletedTask;
        using var beats = new Timer(_ => last = last.IsCompleted ? BeatAsync() : last, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        page.WaitForAssertion(assertion, Patience.Limit);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _server.Dispose();
    }

    private sealed class Sitting(SettingsContext context) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, context.Person.Id), new(ClaimTypes.Name, context.Person.Name), new(SignInSessions.AddressClaim, "192.0.2.7"), new(SignInSessions.Claim, context.Session?.ToString() ?? "")], "test"))));
    }
}
