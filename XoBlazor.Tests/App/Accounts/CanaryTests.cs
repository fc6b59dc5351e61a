using System.Text;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>Secrets planted at every entrance are found nowhere in the data directory or on the pages that refuse them.</summary>
public sealed class CanaryTests
{
    private const string Given = "canary given to ada";
    private const string Chosen = "canary chosen by ada";
    private const string Wrong = "canary typed wrongly";
    private const string Service = "canary of the service account";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_OfAccountsFactorsTokensAndDirectories_LieNowhereReadable()
    {
        await using var server = new TestServer();
        using var browser = server.Browser();
        await TestServer.SignInAsync(browser);
        var admin = await server.AdminAsync();
        await server.Get<UserAdministration>().CreateAsync(admin, new("ada", Given), Token);
        using var hers = server.Browser();
        var pages = new StringBuilder();
        pages.Append(await (await hers.SignInAsAsync("ada", Wrong)).Content.ReadAsStringAsync(Token));
        await hers.SignInAsAsync("ada", Given);
        pages.Append(await (await TestServer.SubmitAsync(hers, SignInPages.PasswordPath, new Dictionary<string, string> { ["password"] = Chosen, ["again"] = Wrong })).Content.ReadAsStringAsync(Token));
        await TestServer.SubmitAsync(hers, SignInPages.PasswordPath, new Dictionary<string, string> { ["password"] = Chosen, ["again"] = Chosen });
        var key = Totp.NewKey();
        var codes = await server.Get<OwnAccount>().AddAppAsync(admin, await server.SessionAsync(TestServer.Admin, isProven: true), key, server.Code(key), Token);
        var apiToken = await server.Get<ApiTokens>().CreateAsync(admin, Guid.Parse(admin.Actor.Id), "robot", TimeSpan.FromDays(1), null, Token);
        var settings = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Nowhere", "dc=example,dc=test", "ldaps://127.0.0.1:9") with { ServiceAccount = "cn=reader" };
        await server.Get<DirectoryAdministration>().SaveAsync(admin, settings, Service, Token);
        await foreach (var step in server.Get<DirectoryAdministration>().TestAsync(admin, settings, null, "ada", Wrong, Token))
            pages.Append(step);

        string[] secrets = [TestServer.Password, Given, Chosen, Wrong, Service, key, codes[0], apiToken.Split('_')[2]];

        Assert.All(secrets, secret => Assert.DoesNotContain(secret, pages.ToString(), StringComparison.OrdinalIgnoreCase));
        foreach (var file in Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, Token);
            var content = Encoding.Latin1.GetString(memory.ToArray());
            Assert.All(secrets, secret => Assert.False(content.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{file} holds a secret."));
        }
    }
}
