using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Accounts.DirectoryAccounts;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>An operator from a real directory with a role on one tag: sees exactly those VMs, starts one, finds no other by any way, and loses all with the group.</summary>
public sealed class OperatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_FromLdapWithARoleOnOneTag_SeesTouchesAndLosesExactlyThat()
    {
        using var authority = new TestAuthority();
        await using var slapd = await Slapd.StartAsync(authority, ExampleDirectory.Small);
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Pools = PoolSource.Make("pools=1,hosts=2,vms=12,seed=7"), Pool = new PoolOptions { Password = "pool secret" } }, Token);
        var pool = simulator.Pools[0];
        var (mine, other) = await TagAsync(pool);
        await using var server = PublishedFile.Launch(folder, "--Setup:AdminPassword=" + TestServer.Password);
        var address = await server.ReadyAsync();
        await using var chromium = await Browser.StartAsync();
        var admin = await chromium.OpenAsync(address.AbsoluteUri);
        await admin.SignInAsync(TestServer.Admin, TestServer.Password);
        await FirstDayTests.AddPoolAsync(admin, pool);
        await admin.GotoAsync(address + "settings/directories");
        await DirectoryBrowserTests.AddDirectoryAsync(admin, slapd, authority);

        var alice = await chromium.OpenAsync(address + "vms");
        await alice.SignInAsync("alice", ExampleDirectory.PasswordOf("alice"));
        await Expect(alice.GetByRole(AriaRole.Link, new() { Name = mine.Name })).ToBeVisibleAsync();
        await Expect(alice.GetByRole(AriaRole.Rowgroup).GetByRole(AriaRole.Row)).ToHaveCountAsync(1);
        await Expect(alice.GetByText(other.Name, new() { Exact = true })).ToHaveCountAsync(0);

        await alice.GotoAsync($"{address}vms/{other.Pool}/{other.Uuid}");
        await alice.Locator("main h1").WaitForAsync();
        var hidden = await alice.Locator("main").InnerTextAsync();
        const string Nowhere = "00000000-0000-4000-8000-000000000000";
        await alice.GotoAsync($"{address}vms/{other.Pool}/{Nowhere}");
        await Expect(alice.Locator("main")).ToHaveTextAsync(hidden.Replace(other.Uuid, Nowhere, StringComparison.Ordinal), new() { UseInnerText = true });

        await alice.GotoAsync(address + "vms");
        await alice.GetByRole(AriaRole.Link, new() { Name = mine.Name }).ClickAsync();
        await Expect(alice.Locator("article header")).ToContainTextAsync("Halted");
        await alice.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(alice.Locator("article header")).ToContainTextAsync("Running");

        await alice.GotoAsync(address + "vms");
        await Expect(alice.GetByRole(AriaRole.Rowgroup).GetByRole(AriaRole.Row)).ToHaveCountAsync(1);
        await slapd.ModifyAsync($"""
            dn: cn=staff,{ExampleDirectory.Groups}
            changetype: modify
            delete: member
            member: uid=alice,{ExampleDirectory.People}

            """);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Synchronise now" }).ClickAsync();

        await Expect(alice.GetByRole(AriaRole.Rowgroup).GetByRole(AriaRole.Row)).ToHaveCountAsync(0);
        await Expect(alice.GetByText(mine.Name, new() { Exact = true })).ToHaveCountAsync(0);
    }

    /// <summary>Gives one VM that does not run the tag web, and names another one.</summary>
    private static async Task<((string Pool, string Uuid, string Name) Mine, (string Pool, string Uuid, string Name) Other)> TagAsync(SimulatedPool pool)
    {
        using var client = new HttpClient { BaseAddress = pool.HttpUrl };
        var session = (await CallAsync("session.login_with_password", pool.User, "pool secret")).GetString()!;
        var records = (await CallAsync("VM.get_all_records", session)).EnumerateObject()
            .Where(one => !one.Value.GetProperty("is_a_template").GetBoolean() && !one.Value.GetProperty("is_control_domain").GetBoolean() && !one.Value.GetProperty("is_a_snapshot").GetBoolean())
            .ToList();
        var halted = records.First(one => one.Value.GetProperty("power_state").GetString() == "Halted");
        await CallAsync("VM.set_tags", session, halted.Name, new[] { "web" });
        foreach (var tagged in records.Where(one => one.Name != halted.Name))
            await CallAsync("VM.set_tags", session, tagged.Name, Array.Empty<string>());
        var poolUuid = (await CallAsync("pool.get_all_records", session)).EnumerateObject().Single().Value.GetProperty("uuid").GetString()!;
        return (Named(halted), Named(records.First(one => one.Name != halted.Name)));

        async Task<JsonElement> CallAsync(string method, params object[] parameters)
        {
            // With its length: XAPI reads no chunked bodies.
            using var body = new StringContent(JsonSerializer.Serialize(new { jsonrpc = "2.0", method, @params = parameters, id = 1 }));
            using var answer = await client.PostAsync("/jsonrpc", body, Token);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("result");
        }

        (string, string, string) Named(JsonProperty record) => (poolUuid, record.Value.GetProperty("uuid").GetString()!, record.Value.GetProperty("name_label").GetString()!);
    }
}
