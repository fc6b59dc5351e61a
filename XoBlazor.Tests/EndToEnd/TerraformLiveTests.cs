using System.Net.WebSockets;
using Microsoft.Playwright;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static XoBlazor.Tests.App.Api.TerraformCalls;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>Somebody looks on while Terraform works: each of its calls is seen in a page that was open before and is never loaded again.</summary>
public sealed class TerraformLiveTests
{
    private const string Mac = "02:00:00:00:00:77";

    [Fact]
    public async Task Scenario_ByTheApi_IsSeenStepByStepInAnOpenPage()
    {
        using var patience = Patience.Source(3 * Patience.Limit);
        using var folder = new TempFolder();
        // Long enough to be watched: the guest reports its address some moments after its VM runs.
        await using var simulator = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=3,seed=7"), Pool = new() { Password = "pool secret", OperationDuration = TimeSpan.FromMilliseconds(200) } }, patience.Token);
        var pool = simulator.Pools[0];
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        await using var chromium = await Browser.StartAsync();
        var page = await chromium.OpenAsync(address.AbsoluteUri);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await FirstDayTests.AddPoolAsync(page, pool);
        await page.GotoAsync(new Uri(address, "/vms").AbsoluteUri);
        await page.GetByRole(AriaRole.Grid).WaitForAsync();
        // A page that was loaded again would have forgotten this.
        await page.EvaluateAsync("() => { window.isStillTheSame = true; }");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/api/" }.Uri, patience.Token);
        await using var client = new RpcClient(socket);
        await client.ResultAsync("session.signIn", new System.Text.Json.Nodes.JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        var calls = new TerraformCalls(client);
        var networks = await calls.FindNetworksAsync(pool.Uuid);
        var (head, facts) = (page.Locator("article header"), page.Locator("article .part"));

        var id = await calls.CreateAsync(await calls.FindTemplateAsync(), await calls.FindStorageAsync(pool.Uuid), networks[0]);
        var row = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText("web", new() { Exact = true }) });
        await Expect(row).ToContainTextAsync("Running");
        await Expect(row).ToContainTextAsync("terraform");
        await row.GetByText("web", new() { Exact = true }).ClickAsync();
        await Expect(head).ToContainTextAsync("Running");

        var reported = await calls.WaitForAddressAsync(id, patience.Token);
        await Expect(head).ToContainTextAsync(reported);

        await OpenAsync("Disks");
        await Expect(facts.GetByRole(AriaRole.Row).Filter(new() { HasText = "root" })).ToContainTextAsync("10 GiB");
        await Expect(facts.GetByRole(AriaRole.Row).Filter(new() { HasText = "data" })).ToContainTextAsync("20 GiB");

        await calls.StopAsync(id);
        await Expect(head).ToContainTextAsync("Halted");

        await OpenAsync("General");
        await calls.SetMemoryAsync(id, 3 * GiB);
        await Expect(facts).ToContainTextAsync("3 GiB");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("web2");
        await calls.AllowDestroyAsync(id);

        await OpenAsync("Network");
        await Expect(facts).Not.ToContainTextAsync(Mac);
        await calls.AddDeviceAsync(id, networks[1], Mac);
        await Expect(facts).ToContainTextAsync(Mac);

        await OpenAsync("General");
        await calls.TagAsync(id);
        await Expect(facts.GetByText("prod", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(facts.GetByText("terraform", new() { Exact = true })).ToHaveCountAsync(0);

        await calls.DeleteAsync(id);
        await Expect(page.Locator("article")).ToContainTextAsync("This VM no longer exists.");
        Assert.True(await page.EvaluateAsync<bool>("() => window.isStillTheSame === true"));

        Task OpenAsync(string tab) => page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of this page" }).GetByRole(AriaRole.Link, new() { Name = tab }).ClickAsync();
    }
}
