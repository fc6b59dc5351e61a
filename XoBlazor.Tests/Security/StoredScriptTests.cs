using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Every text of XAPI, and every name that people or directories give, is an attack, on the whole server with the content policy it really sends:
/// no script runs on any page, and the policy never had to stop one. The same without the policy, by eye and on small screens:
/// <see cref="Components.HostileStringsTests"/>. Class 5 of docs/security.md.
/// </summary>
public sealed class StoredScriptTests
{
    /// <summary>Without what no name may hold.</summary>
    private static readonly string s_name = string.Concat(Hostility.Text.Where(letter => !char.IsControl(letter)))[..150];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_FullOfHostileTexts_RunNothing()
    {
        await using var server = new TestServer().OnAPort();
        using var pool = new SamplePool(server.Get<ObjectStore>(), hosts: 2, vms: 4);
        pool.Apply([.. Enum.GetValues<XapiClass>().SelectMany(type => pool.Picture.All(type)).Select(value => Hostility.Poison(value, Hostility.Text))]);
        var settings = await FillAsync(server);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(server.Address!, "/sign-in").AbsoluteUri);
        await page.AddInitScriptAsync("window.breaches = []; document.addEventListener('securitypolicyviolation', breach => window.breaches.push(`${breach.effectiveDirective} ${breach.blockedURI}`))");
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await CircuitFace.OpenedAsync(page);
        var problems = new List<string>();

        foreach (var address in Addresses(pool).Concat(settings))
        {
            await CircuitFace.GoAsync(page, address);
            if (await page.EvaluateAsync<bool>("mark => mark in window || document.getElementById(mark) !== null", Hostility.Mark))
                problems.Add($"{address}: a text is markup of the page");
            problems.AddRange((await page.EvaluateAsync<string[]>("() => window.breaches.splice(0)")).Select(breach => $"{address}: {breach}"));
            await CircuitFace.GoAsync(page, "/not-found");
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.All(asked, url => Assert.StartsWith(server.Address!.AbsoluteUri, url, StringComparison.Ordinal));
    }

    /// <summary>Names as a hostile administrator or directory would give them. Returns the pages that show them.</summary>
    private static async Task<IReadOnlyList<string>> FillAsync(TestServer server)
    {
        var admin = await server.AdminAsync();
        var user = await server.Get<UserAdministration>().CreateAsync(admin, new(s_name, "four words make one", s_name, "eve@example.test"), Token);
        var group = await server.Get<GroupAdministration>().CreateAsync(admin, s_name[..100], s_name, Token);
        await server.Get<GroupAdministration>().AddMemberAsync(admin, group, user, Token);
        var role = await server.Get<RoleAdministration>().CreateAsync(admin, s_name[..100], s_name, ["vm.start"], Token);
        await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.Group, group, role, new AccessScope.OfVms("name_label:*script*"), Token);
        await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, Guid.Parse(admin.Actor.Id), role, AccessScope.Everything.Instance, Token);
        await server.Get<ApiTokens>().CreateAsync(admin, Guid.Parse(admin.Actor.Id), s_name, TimeSpan.FromDays(1), role, Token);
        var directory = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), s_name[..100], s_name, "ldaps://127.0.0.1:9") with { IsEnabled = false, ServiceAccount = s_name };
        await server.Get<DirectoryAdministration>().SaveAsync(admin, directory, "secret", Token);
        await server.Get<UpdateAdministration>().SetClientIdAsync(admin, JsonSerializer.SerializeToUtf8Bytes(new { username = s_name.Replace(":", "", StringComparison.Ordinal), apikey = "key" }), Token);
        await server.Get<PluginAdministration>().ConfigureAsync(admin, "web-hooks", new JsonObject { ["hooks"] = new JsonArray(new JsonObject { ["name"] = s_name[..100], ["url"] = "https://hooks.example.test/" }) }, Token);
        await server.Get<NotificationAdministration>().SaveRuleAsync(admin, new() { Id = Guid.NewGuid(), Name = s_name[..100], When = new NotificationTrigger.HostDown(Filter: "name_label:script"), Who = [new Recipient.At(s_name[..100])], How = "web-hook" }, Token);
        using var stranger = server.Browser();
        stranger.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Mozilla <b id=hostile>");
        await stranger.SignInAsAsync(s_name, "not the password");
        await stranger.SignInAsAsync(TestServer.Admin, TestServer.Password);
        return
        [
            "/profile", "/settings/pools", "/settings/users", $"/settings/users/{user}", $"/settings/users/{admin.Actor.Id}", "/settings/groups", $"/settings/groups/{group}", "/settings/roles",
            $"/settings/roles/{Uri.EscapeDataString(role)}", "/settings/roles/new", "/settings/grants", "/settings/cloud-init", "/settings/updates", "/settings/plugins", "/settings/notifications", "/settings/sessions", "/settings/directories", $"/settings/directories/{directory.Id}", "/settings/directories/new",
            "/settings/audit", "/settings/access",
        ];
    }

    private static IEnumerable<string> Addresses(SamplePool pool)
    {
        foreach (var template in CircuitFace.Templates().Where(template => !template.Contains('{', StringComparison.Ordinal) && !template.StartsWith("/settings", StringComparison.Ordinal)))
            yield return template;
        foreach (var value in Enum.GetValues<XapiClass>().SelectMany(type => pool.Picture.All(type).Take(1)))
            if (ObjectUrl.Of(pool.Uuid, value) is { } address)
                foreach (var tab in (string[])["", "?tab=disks", "?tab=network", "?tab=snapshots", "?tab=storage", "?tab=vms", "?tab=hosts", "?tab=timeline", "?tab=access", "?tab=advanced"])
                    yield return address + tab;
    }
}
