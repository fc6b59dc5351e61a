using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Consoles;

/// <summary>Pictures of screens over HTTP, of guests of a simulated pool.</summary>
public sealed class ThumbnailEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Picture_OfAVmOnWhateverHost_IsAJpegThatNoCacheKeeps(bool onCoordinator)
    {
        await using var scene = await ConsoleScene.StartAsync();
        using var browser = await SignInAsync(scene, TestServer.Admin, TestServer.Password);
        var address = AddressOf(scene, scene.RunningVm(onCoordinator));

        using var answer = await browser.GetAsync(address, Token);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var same = await browser.SendAsync(again, Token);
        var jpeg = await answer.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal([0xFF, 0xD8, 0xFF], jpeg[..3]);
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task Picture_IsForThoseWithTheRight_AndEndsWithIt()
    {
        await using var scene = await ConsoleScene.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var other = scene.Picture.All<Vm>().First(one => one.NameLabel == "legacy-crm");
        var role = await scene.PersonAsync("wilma", vm, ConsoleRights.See);
        using var browser = await SignInAsync(scene, "wilma", ConsoleScene.PersonsPassword);
        using var program = scene.Server.Browser();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Rest.RestClient.TokenAsync(scene.Server, TestServer.Admin));

        var allowed = await StatusAsync(browser, AddressOf(scene, vm));
        var others = await StatusAsync(browser, AddressOf(scene, other));
        var nobodys = await StatusAsync(program, AddressOf(scene, vm));
        await scene.AllowAsync(role, Right.View);
        var refused = await StatusAsync(browser, AddressOf(scene, vm));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (allowed, others, nobodys, refused));
    }

    [Fact]
    public async Task Pictures_OfOneUser_AreSoManyASecond_AndOthersGetTheirs()
    {
        await using var time = new StoppableTime();
        await using var scene = await ConsoleScene.StartAsync(set: server => server.With(time).With("Consoles:MostThumbnailsPerSecond", "1"));
        var vm = scene.RunningVm(onCoordinator: true);
        await scene.PersonAsync("wilma", vm, ConsoleRights.See);
        using var browser = await SignInAsync(scene, TestServer.Admin, TestServer.Password);
        using var wilmas = await SignInAsync(scene, "wilma", ConsoleScene.PersonsPassword);
        var (answers, others) = (new List<HttpStatusCode>(), HttpStatusCode.NoContent);

        await time.WithinAsync(TimeSpan.FromSeconds(1), async () =>
        {
            for (var i = 0; i < 6; i++)
                answers.Add(await StatusAsync(browser, AddressOf(scene, vm)));
            others = await StatusAsync(wilmas, AddressOf(scene, vm));
        }, () => true);

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 4), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.OK, others);
    }

    [Fact]
    public async Task VmWithoutAPicture_IsToldWhy()
    {
        await using var scene = await ConsoleScene.StartAsync();
        using var browser = await SignInAsync(scene, TestServer.Admin, TestServer.Password);
        var off = scene.Picture.All<Vm>().First(one => one.NameLabel == "legacy-crm");
        var broken = scene.RunningVm(onCoordinator: false);
        scene.Host.Misbehave(new Fault(FaultKind.Html500) { Method = "GET /vncsnapshot" });

        var halted = await WhyAsync(off);
        var failed = await WhyAsync(broken);

        Assert.Equal("not-running", (string?)halted["code"]);
        Assert.Equal("legacy-crm is off. Start it to see its console.", (string?)halted["text"]);
        Assert.Equal("not-here", (string?)failed["code"]);

        async Task<JsonObject> WhyAsync(Vm vm)
        {
            using var answer = await browser.GetAsync(AddressOf(scene, vm), Token);
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!.AsObject();
        }
    }

    private static string AddressOf(ConsoleScene scene, Vm vm) => $"/consoles/{scene.Pool}/{vm.Uuid}/thumbnail";

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, Token);
        return answer.StatusCode;
    }

    private static async Task<HttpClient> SignInAsync(ConsoleScene scene, string name, string password)
    {
        var browser = scene.Server.Browser();
        using var answer = await browser.SignInAsAsync(name, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }
}
