using System.Net;
using System.Text.RegularExpressions;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli;

public sealed partial class DemoTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_FirstStart_PrintsAPasswordThatWorksAndASecondDoesNot()
    {
        using var folder = new TempFolder();
        string password;
        await using (var first = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0"))
        {
            var address = await first.ReadyAsync();
            password = await first.DemoPasswordAsync();
            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

            var signedIn = await TestServer.SignInAsync(browser, password);

            Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        await second.LineAsync(text => text.StartsWith("Demo: sign in with the account of its first start", StringComparison.Ordinal));

        Assert.DoesNotContain(password, second.Output);
    }

    [Fact]
    public async Task Demo_Started_IsConnectedToItsPools()
    {
        using var folder = new TempFolder();
        await using var demo = ServerProcess.Launch("--demo", "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = await demo.ReadyAsync() };

        // They may be connected before the server answers, or a while after.
        using var patience = Patience.Source();
        while (!Connected().IsMatch(await client.GetStringAsync("/readyz", patience.Token)))
            await Task.Delay(50, patience.Token);
    }

    [GeneratedRegex("\"pools\":\"[^\"]*connected [1-9]")]
    private static partial Regex Connected();
}
